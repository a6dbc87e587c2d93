'use strict';
module.exports={translateMessage(){return undefined}};
