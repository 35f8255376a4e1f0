// Python files are bundled as text: `import prelude from './prelude/nn.py'` gives the source.

declare module '*.py' {
  const text: string;
  export default text;
}
