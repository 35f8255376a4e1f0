// What the analysis asks of names and values before anything is traced: which are modules, what a constructor or `forward`
// requires, and what tensors a value is.

import type { Interpreter } from '../../python/interpreter';
import { isSubclass, lookup } from '../../python/types';
import {
  type Parameter,
  PyClass,
  PyFunction,
  PyInstance,
  type PyModule,
  type Value,
} from '../../python/values';
import type { TensorInput } from './index';
import { unwrapped } from './outputs';
import { torchOf } from './state';
import { tensorOf } from './tensors';

/** Answers for the names of a module. */
export interface TorchMeaning {
  isModuleClass(name: string): boolean;
  isModuleInstance(name: string): boolean;
  required(name: string): readonly string[] | undefined;
}

export function torchMeaning(interpreter: Interpreter, module: PyModule): TorchMeaning {
  const { Module } = torchOf(interpreter).classes;
  const value = (name: string): Value | undefined => interpreter.modules.global(module, name);
  const isModule = (type: PyClass): boolean => type !== Module && isSubclass(type, Module);
  return {
    isModuleClass(name) {
      const found = value(name);
      return found instanceof PyClass && isModule(found);
    },
    isModuleInstance(name) {
      const found = value(name);
      return found instanceof PyInstance && isModule(found.type);
    },
    required(name) {
      const found = value(name);
      const callee = found instanceof PyClass ? lookup(found, '__init__') : found;
      return callee instanceof PyFunction ? requiredOf(callee, found instanceof PyClass) : undefined;
    },
  };
}

/** Names of parameters that have no default; the first one of a method is its receiver. */
function requiredOf(callee: PyFunction, isMethod: boolean): string[] {
  return callee.parameters
    .slice(isMethod ? 1 : 0)
    .filter(isRequired)
    .map(({ name }) => name);
}

const isRequired = ({ kind, default: standard }: Parameter): boolean =>
  standard === undefined && kind !== 'variadic' && kind !== 'keywords';

/** How `forward` of a model is fed: by what it cannot do without, or else by its first parameter. */
export interface Feeding {
  /** Names of what is fed by position. */
  readonly positional: readonly string[];
  /** Whether it has a parameter of this name, be it optional. */
  takes(name: string): boolean;
}

export function feedingOf(model: Value): Feeding {
  const forward = model instanceof PyInstance ? unwrapped(lookup(model.type, 'forward')) : undefined;
  if (!(forward instanceof PyFunction)) return { positional: ['input'], takes: () => false };
  const parameters = forward.parameters.slice(1);
  const required = parameters.filter(isRequired);
  const first = parameters.filter(({ kind }) => kind !== 'keyword' && kind !== 'keywords').slice(0, 1);
  return {
    positional: (required.length > 0 ? required : first).map(({ name }) => name),
    takes: (wanted) => parameters.some(({ name }) => name === wanted),
  };
}

/** The shape and dtype of a value that is a tensor. */
export function tensorInput(value: Value): TensorInput | undefined {
  const spec = tensorOf(value)?.spec;
  return spec && { shape: spec.shape, dtype: spec.dtype };
}
