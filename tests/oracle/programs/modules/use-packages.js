const show = (...values) => console.log(...values);
show(require('plain'));
show(require('nested'));
show(require('@scope/pkg').kind, require('@scope/pkg').internal, require('@scope/pkg').dep, require('@scope/pkg').self());
show(require('@scope/pkg/feature'), require('@scope/pkg/files/feature'), require('@scope/pkg/conditional'));
show(require('@scope/pkg/package.json').version);
for (const request of ['@scope/pkg/src/feature.js', '@scope/pkg/blocked/x', '@scope/pkg/nothing', 'not-installed', '@scope/pkg/files/none'])
  try { require(request); } catch (error) { show(error.code, error.message.split('\n')[0].replace(__dirname, '.')); }
