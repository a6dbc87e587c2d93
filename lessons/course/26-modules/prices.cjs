console.log('prices are run');
exports.price = 3;
