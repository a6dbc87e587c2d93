console.log('before');
require('./modules/not-there');
