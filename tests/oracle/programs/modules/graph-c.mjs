console.log('c before'); await null; console.log('c after'); export const c = 'c';
