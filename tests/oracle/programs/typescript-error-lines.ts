interface Unused {
  a: string;
  b: number;
}

type Alias = {
  x: Unused;
};

function check(value: unknown): asserts value is string {
  if (typeof value !== 'string') {
    throw new TypeError('not a string');
  }
}

check('fine');
try { check(5); } catch (error) { console.log((error as Error).stack!.split('\n').filter((l) => l.includes('typescript-error-lines')).length); }
console.log('done');
