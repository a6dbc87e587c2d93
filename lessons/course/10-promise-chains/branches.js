// Two functions hang on one promise
const start = Promise.resolve(5);

const doubled = start.then(function double(number) { return number * 2; });
start.then(function addOne(number) { return number + 1; });
doubled.then(function show(number) { console.log('the number is', number); });
