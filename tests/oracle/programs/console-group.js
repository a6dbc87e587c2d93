console.log('outside');
console.group('level', 1); console.log('inside\ntwo lines'); console.group(); console.log({ a: 1, b: { c: [1, 2, 3] } }); console.error('error inside');
console.groupEnd(); console.info('back one'); console.groupCollapsed('collapsed'); console.table([[1, 2]]); console.groupEnd(); console.groupEnd(); console.groupEnd();
console.log('outside again');
