console.log('shop is run');
export const name = 'Tea House';
