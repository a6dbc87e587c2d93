console.log('shop is run');
exports.name = 'Tea House';
