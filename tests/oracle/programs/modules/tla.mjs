console.log('tla before');
export const value = await new Promise((resolve) => setTimeout(resolve, 10, 'ready'));
console.log('tla after');
