global.loads = (global.loads || 0) + 1;
module.exports = { loads: global.loads };
