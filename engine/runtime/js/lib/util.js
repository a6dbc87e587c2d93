'use strict';
const i=require('./internal/inspect'); module.exports={inspect:i.inspect,format:i.format,formatWithOptions:i.formatWithOptions,types:require('./internal/types').types};
