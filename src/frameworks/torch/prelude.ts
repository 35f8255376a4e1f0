// The modules of the prelude by the names under which Python imports them, and their other names.

import amp from './prelude/amp.py';
import ao from './prelude/ao.py';
import autograd from './prelude/autograd.py';
import autogradFunction from './prelude/autograd_function.py';
import backends from './prelude/backends.py';
import c from './prelude/c.py';
import compiler from './prelude/compiler.py';
import cuda from './prelude/cuda.py';
import distributed from './prelude/distributed.py';
import distributions from './prelude/distributions.py';
import extension from './prelude/extension.py';
import functional from './prelude/functional.py';
import fx from './prelude/fx.py';
import gradMode from './prelude/grad_mode.py';
import hub from './prelude/hub.py';
import jit from './prelude/jit.py';
import library from './prelude/library.py';
import linalg from './prelude/linalg.py';
import lrScheduler from './prelude/lr_scheduler.py';
import masked from './prelude/masked.py';
import nnActivation from './prelude/nn/activation.py';
import nnAdaptive from './prelude/nn/adaptive.py';
import nnAttention from './prelude/nn/attention.py';
import nnAttentionInit from './prelude/nn/attention_init.py';
import nnBatchnorm from './prelude/nn/batchnorm.py';
import nnContainer from './prelude/nn/container.py';
import nnConv from './prelude/nn/conv.py';
import nnDropout from './prelude/nn/dropout.py';
import nnFlexAttention from './prelude/nn/flex_attention.py';
import nnFunctional from './prelude/nn/functional.py';
import nnInit from './prelude/nn/init.py';
import nnLazy from './prelude/nn/lazy.py';
import nnLinear from './prelude/nn/linear.py';
import nnLoss from './prelude/nn/loss.py';
import nnModule from './prelude/nn/module.py';
import nnModulesInit from './prelude/nn/modules_init.py';
import nnNn from './prelude/nn/nn.py';
import nnNormalization from './prelude/nn/normalization.py';
import nnPadding from './prelude/nn/padding.py';
import nnParallel from './prelude/nn/parallel.py';
import nnParameter from './prelude/nn/parameter.py';
import nnParametrizations from './prelude/nn/parametrizations.py';
import nnPooling from './prelude/nn/pooling.py';
import nnQuantized from './prelude/nn/quantized.py';
import nnRnn from './prelude/nn/rnn.py';
import nnShapes from './prelude/nn/shapes.py';
import nnSparse from './prelude/nn/sparse.py';
import nnTransformer from './prelude/nn/transformer.py';
import nnUtils from './prelude/nn/utils.py';
import nnUtilsInit from './prelude/nn/utils_init.py';
import nnUtilsNorms from './prelude/nn/utils_norms.py';
import nnUtilsParametrize from './prelude/nn/utils_parametrize.py';
import nnUtilsPrune from './prelude/nn/utils_prune.py';
import nnUtilsRnn from './prelude/nn/utils_rnn.py';
import nnUtilsStateless from './prelude/nn/utils_stateless.py';
import onnx from './prelude/onnx.py';
import ops from './prelude/ops.py';
import optim from './prelude/optim.py';
import overrides from './prelude/overrides.py';
import profiler from './prelude/profiler.py';
import random from './prelude/random.py';
import serialization from './prelude/serialization.py';
import signal from './prelude/signal.py';
import sparse from './prelude/sparse.py';
import swaUtils from './prelude/swa_utils.py';
import torch from './prelude/torch.py';
import types from './prelude/types.py';
import utilsCheckpoint from './prelude/utils/checkpoint.py';
import utilsData from './prelude/utils/data.py';
import utilsPytree from './prelude/utils/pytree.py';
import utilsUtils from './prelude/utils/utils.py';
import version from './prelude/version.py';

/** Texts by module name. */
export const PRELUDE: Readonly<Record<string, string>> = {
  torch: torch,
  'torch._ops': ops,
  'torch._C': c,
  'torch.amp': amp,
  'torch.ao': ao,
  'torch.autograd': autograd,
  'torch.autograd.function': autogradFunction,
  'torch.autograd.grad_mode': gradMode,
  'torch.backends': backends,
  'torch.compiler': compiler,
  'torch.cuda': cuda,
  'torch.distributed': distributed,
  'torch.distributions': distributions,
  'torch.functional': functional,
  'torch.fx': fx,
  'torch.hub': hub,
  'torch.jit': jit,
  'torch.library': library,
  'torch.linalg': linalg,
  'torch.masked': masked,
  'torch.nn': nnNn,
  'torch.nn.attention': nnAttentionInit,
  'torch.nn.attention.flex_attention': nnFlexAttention,
  'torch.nn.functional': nnFunctional,
  'torch.nn.init': nnInit,
  'torch.nn.modules': nnModulesInit,
  'torch.nn.modules._attention': nnAttention,
  'torch.nn.modules.activation': nnActivation,
  'torch.nn.modules.adaptive': nnAdaptive,
  'torch.nn.modules.batchnorm': nnBatchnorm,
  'torch.nn.modules.container': nnContainer,
  'torch.nn.modules.conv': nnConv,
  'torch.nn.modules.dropout': nnDropout,
  'torch.nn.modules.lazy': nnLazy,
  'torch.nn.modules.linear': nnLinear,
  'torch.nn.modules.loss': nnLoss,
  'torch.nn.modules.module': nnModule,
  'torch.nn.modules.normalization': nnNormalization,
  'torch.nn.modules.padding': nnPadding,
  'torch.nn.modules.pooling': nnPooling,
  'torch.nn.modules.rnn': nnRnn,
  'torch.nn.modules.shapes': nnShapes,
  'torch.nn.modules.sparse': nnSparse,
  'torch.nn.modules.transformer': nnTransformer,
  'torch.nn.modules.utils': nnUtils,
  'torch.nn.parallel': nnParallel,
  'torch.nn.parameter': nnParameter,
  'torch.nn.quantized': nnQuantized,
  'torch.nn.utils': nnUtilsInit,
  'torch.nn.utils.norms': nnUtilsNorms,
  'torch.nn.utils.parametrizations': nnParametrizations,
  'torch.nn.utils.parametrize': nnUtilsParametrize,
  'torch.nn.utils.prune': nnUtilsPrune,
  'torch.nn.utils.rnn': nnUtilsRnn,
  'torch.nn.utils.stateless': nnUtilsStateless,
  'torch.onnx': onnx,
  'torch.optim': optim,
  'torch.optim.lr_scheduler': lrScheduler,
  'torch.optim.swa_utils': swaUtils,
  'torch.overrides': overrides,
  'torch.profiler': profiler,
  'torch.random': random,
  'torch.serialization': serialization,
  'torch.signal.windows': signal,
  'torch.sparse': sparse,
  'torch.types': types,
  'torch.utils': utilsUtils,
  'torch.utils._pytree': utilsPytree,
  'torch.utils.checkpoint': utilsCheckpoint,
  'torch.utils.data': utilsData,
  'torch.version': version,
  'torchvision.extension': extension,
};

/** Modules that stand for another one. */
export const ALIASES: Readonly<Record<string, string>> = {
  'torch._C._functions': 'torch.autograd',
  'torch._C._nn': 'torch.nn.functional',
  'torch._dynamo': 'torch.compiler',
  'torch._functorch.vmap': 'torch.nn.utils.stateless',
  'torch._jit_internal': 'torch.jit',
  'torch._tensor': 'torch',
  'torch.accelerator': 'torch.cuda',
  'torch.amp.autocast_mode': 'torch.amp',
  'torch.amp.grad_scaler': 'torch.amp',
  'torch.ao.nn.qat': 'torch.nn',
  'torch.ao.nn.quantizable': 'torch.nn',
  'torch.ao.nn.quantized': 'torch.nn.quantized',
  'torch.ao.quantization': 'torch.nn.quantized',
  'torch.ao.quantization.quantize': 'torch.nn.quantized',
  'torch.ao.quantization.stubs': 'torch.nn.quantized',
  'torch.autograd.profiler': 'torch.profiler',
  'torch.autograd.variable': 'torch.autograd',
  'torch.cpu': 'torch.cuda',
  'torch.cpu.amp': 'torch.amp',
  'torch.cuda.amp': 'torch.amp',
  'torch.cuda.amp.autocast_mode': 'torch.amp',
  'torch.cuda.amp.grad_scaler': 'torch.amp',
  'torch.distributed.distributed_c10d': 'torch.distributed',
  'torch.distributed.fsdp': 'torch.nn.parallel',
  'torch.func': 'torch.nn.utils.stateless',
  'torch.fx._symbolic_trace': 'torch.fx',
  'torch.fx.experimental': 'torch.fx',
  'torch.fx.graph_module': 'torch.fx',
  'torch.fx.node': 'torch.fx',
  'torch.fx.proxy': 'torch.fx',
  'torch.jit._script': 'torch.jit',
  'torch.jit.annotations': 'torch.jit',
  'torch.mps': 'torch.cuda',
  'torch.mtia': 'torch.cuda',
  'torch.multiprocessing': 'torch.distributed',
  'torch.nn.backends': 'torch.nn',
  'torch.nn.intrinsic': 'torch.nn.quantized',
  'torch.nn.intrinsic.qat': 'torch.nn.quantized',
  'torch.nn.modules.channelshuffle': 'torch.nn.modules.shapes',
  'torch.nn.modules.distance': 'torch.nn.modules.shapes',
  'torch.nn.modules.flatten': 'torch.nn.modules.shapes',
  'torch.nn.modules.fold': 'torch.nn.modules.shapes',
  'torch.nn.modules.instancenorm': 'torch.nn.modules.batchnorm',
  'torch.nn.modules.pixelshuffle': 'torch.nn.modules.shapes',
  'torch.nn.modules.upsampling': 'torch.nn.modules.shapes',
  'torch.nn.parallel.data_parallel': 'torch.nn.parallel',
  'torch.nn.parallel.distributed': 'torch.nn.parallel',
  'torch.nn.qat': 'torch.nn',
  'torch.nn.quantizable': 'torch.nn',
  'torch.nn.quantized.modules': 'torch.nn.quantized',
  'torch.nn.utils.clip_grad': 'torch.nn.utils',
  'torch.nn.utils.convert_parameters': 'torch.nn.utils',
  'torch.nn.utils.fusion': 'torch.nn.utils',
  'torch.nn.utils.init': 'torch.nn.utils',
  'torch.optim.adam': 'torch.optim',
  'torch.optim.adamw': 'torch.optim',
  'torch.optim.optimizer': 'torch.optim',
  'torch.optim.sgd': 'torch.optim',
  'torch.quantization': 'torch.nn.quantized',
  'torch.storage': 'torch',
  'torch.utils._cxx_pytree': 'torch.utils._pytree',
  'torch.utils.data.dataloader': 'torch.utils.data',
  'torch.utils.data.dataset': 'torch.utils.data',
  'torch.utils.data.distributed': 'torch.utils.data',
  'torch.utils.data.sampler': 'torch.utils.data',
  'torch.utils.model_zoo': 'torch.hub',
  'torch.xpu': 'torch.cuda',
};
