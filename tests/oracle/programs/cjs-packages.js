require('./modules/use-packages');
