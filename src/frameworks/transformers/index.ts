// The helpers of Hugging Face transformers: plumbing that our own text stands in for, so that a model's own file can be
// interpreted as it is. See library.ts for what is replaced.

export { transformersLibrary } from './library';
