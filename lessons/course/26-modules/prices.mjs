console.log('prices are run');
export const price = 3;
