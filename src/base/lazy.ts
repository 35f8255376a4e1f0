// A property of a record that is made when it is first read. To whoever reads, copies or sends the record it is plain data
// like the rest; who never looks at it does not pay for it.

export function lazily(record: object, name: string, make: () => unknown): void {
  const settings = { enumerable: true, configurable: true };
  const get = (): unknown => {
    const value = make();
    Object.defineProperty(record, name, { ...settings, value });
    return value;
  };
  Object.defineProperty(record, name, { ...settings, get });
}
