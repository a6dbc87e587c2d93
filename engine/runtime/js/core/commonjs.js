// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
'use strict';

// CommonJS as Node's lib/internal/modules/cjs/loader.js does it: Module, require and its resolution.

const binding = require('./binding');
const builtins = require('./builtins');
const packages = require('./packages');
const sourceFiles = require('./source-files');
const { codes } = require('./errors');
const { dirname, resolve } = require('./paths');
const { validateString } = require('./validators');

const conditions = new Set(['node', 'require', 'module-sync', 'node-addons']);
const cache = Object.create(null);
const isMainSymbol = Symbol('kIsMainSymbol');
const cachedByEsmSymbol = Symbol('kIsCachedByESMLoader');
const formatSymbol = Symbol('kFormat');
const executingSymbol = Symbol('kIsExecuting');
let esm; // set by modules.js: the two loaders know each other

function Module(id = '', parent = undefined) {
  this.id = id;
  this.path = dirname(id);
  Object.defineProperty(this, 'exports', { value: {}, writable: true, enumerable: true, configurable: true });
  parents.set(this, parent);
  if (parent !== undefined && parent !== null && !parent.children.includes(this)) parent.children.push(this);
  this.filename = null;
  this.loaded = false;
  this.children = [];
}
Object.defineProperty(Module, 'length', { value: 0, configurable: true });

const parents = new WeakMap();
Object.defineProperty(Module.prototype, 'parent', {
  configurable: true,
  get() { return parents.get(this); },
  set(value) { parents.set(this, value); },
});
// As in Node: an accessor, so that a module is shown without a class name.
Object.defineProperty(Module.prototype, 'constructor', { configurable: true, get: () => Module });
Object.defineProperty(Module.prototype, 'isPreloading', { configurable: true, get: () => false });

Module._cache = cache;
Module._pathCache = Object.create(null);
Module._extensions = Object.create(null);
Module.globalPaths = [];

/** Reads NODE_PATH, and the folders below the home that old programs know. */
Module._initPaths = function() {
  const { NODE_PATH, HOME } = process.env;
  const paths = HOME ? [`${HOME}/.node_modules`, `${HOME}/.node_libraries`] : [];
  paths.push(resolve(dirname(process.execPath), '..', 'lib', 'node'));
  globalPaths = NODE_PATH ? [...NODE_PATH.split(':').filter(Boolean), ...paths] : paths;
  Module.globalPaths = globalPaths.slice();
};
let globalPaths; // read at their first use
const foldersEverywhere = () => {
  if (globalPaths === undefined) Module._initPaths();
  return globalPaths;
};

/** 0 for a file, 1 for a folder, below 0 for anything else. */
Module._stat = (path) => binding.statKind(path);
Module.Module = Module;
Module.builtinModules = builtins.builtinModules;
Module.isBuiltin = builtins.isBuiltin;

// ------------------------------------------------------------------------------------------------------------------ resolution

/** The node_modules folders from a folder upwards. */
Module._nodeModulePaths = function(from) {
  const paths = [];
  for (let folder = resolve('/', from); ; folder = dirname(folder)) {
    if (folder.slice(folder.lastIndexOf('/') + 1) !== 'node_modules') paths.push(`${folder === '/' ? '' : folder}/node_modules`);
    if (folder === '/') return paths;
  }
};

function tryExtensions(path) {
  for (const extension of Object.keys(Module._extensions)) {
    if (packages.isFile(path + extension)) return path + extension;
  }
  return undefined;
}

function tryFile(path) {
  return packages.isFile(path) ? path : tryExtensions(path);
}

function tryDirectory(path, request) {
  const { main } = packages.readPackage(path);
  if (main !== undefined && main !== '') {
    const target = resolve(path, main);
    const found = tryFile(target) || tryExtensions(`${target}/index`);
    if (found !== undefined) return found;
    const index = tryExtensions(`${path}/index`);
    if (index === undefined) {
      const error = new Error(`Cannot find module '${target}'. Please verify that the package.json has a valid "main" entry`);
      error.code = 'MODULE_NOT_FOUND';
      error.path = `${path}/package.json`;
      error.requestPath = request;
      throw error;
    }
    process.emitWarning(`Invalid 'main' field in '${path}/package.json' of '${main}'. Please either fix that or report it to the module author`,
      'DeprecationWarning', 'DEP0128');
    return index;
  }
  return tryExtensions(`${path}/index`);
}

/** LOAD_AS_FILE, then LOAD_AS_DIRECTORY; a request that ends in "/" or "." asks for a folder. */
function tryPath(path, request) {
  const asksFolder = /(?:^|\/)\.{0,2}$/.test(request) && request !== '';
  if (!asksFolder) {
    const found = tryFile(path);
    if (found !== undefined) return found;
  }
  return packages.isDirectory(path) ? tryDirectory(path, request) : undefined;
}

const isRelative = (request) => /^\.{1,2}(?:\/|$)/.test(request);

/** LOAD_PACKAGE_SELF */
function trySelf(from, request) {
  const split = packages.splitSpecifier(request);
  if (split === undefined) return undefined;
  const scope = packages.packageScope(`${from}/x`);
  if (!scope.exists || scope.exports === undefined || scope.exports === null || scope.name !== split.name) return undefined;
  return checkedExport(packages.resolveExports(scope, split.subpath, undefined, conditions), from);
}

function checkedExport(path, base) {
  if (packages.isFile(path)) return path;
  const error = new Error(`Cannot find module '${path}'`);
  error.code = 'MODULE_NOT_FOUND';
  error.path = base;
  throw error;
}

/** Those below the home, for one, exist on few machines, and in most runs may not be looked at. */
function isFolderToSearch(folder) {
  try {
    return packages.isDirectory(folder);
  } catch (error) {
    if (error.code !== 'ERR_ACCESS_DENIED') throw error;
    return false;
  }
}

function tryPackages(request, paths) {
  const split = packages.splitSpecifier(request);
  for (const folder of paths) {
    if (!isFolderToSearch(folder)) continue;
    if (split !== undefined) {
      const description = packages.readPackage(`${folder}/${split.name}`);
      if (description.exists && description.exports !== undefined && description.exports !== null) {
        return checkedExport(packages.resolveExports(description, split.subpath, undefined, conditions), description.folder);
      }
    }
    const found = tryPath(resolve(folder, request), request);
    if (found !== undefined) return found;
  }
  return undefined;
}

Module._resolveLookupPaths = function(request, parent) {
  if (builtins.isBuiltin(request)) return null;
  if (!isRelative(request)) return parent && parent.paths ? [...parent.paths, ...foldersEverywhere()] : foldersEverywhere().slice();
  return [parent && parent.filename ? dirname(parent.filename) : '.'];
};

function requireStack(parent) {
  const stack = [];
  for (let module = parent; module; module = parents.get(module)) stack.push(module.filename || module.id);
  return stack;
}

function notFound(request, parent) {
  const stack = requireStack(parent);
  const error = new Error(`Cannot find module '${request}'${stack.length === 0 ? '' : `\nRequire stack:\n- ${stack.join('\n- ')}`}`);
  error.code = 'MODULE_NOT_FOUND';
  error.requireStack = stack;
  return error;
}

Module._findPath = function(request, paths) {
  if (request.startsWith('/')) return tryPath(resolve('/', request), request);
  for (const folder of paths) {
    const found = tryPath(resolve(folder, request), request);
    if (found !== undefined) return found;
  }
  return false;
};

function resolvePath(request, parent, lookIn) {
  const from = parent && parent.filename ? dirname(parent.filename) : binding.cwd();
  if (request.startsWith('/')) return tryPath(resolve('/', request), request);
  if (request[0] === '#' && parent && parent.filename) {
    const target = packages.resolveImports(request, parent.filename, parent.filename, conditions);
    return typeof target === 'string' ? checkedExport(target, parent.filename) : Module._resolveFilename(target.specifier, parent);
  }
  if (lookIn !== undefined) {
    for (const folder of lookIn) {
      const found = isRelative(request) ? tryPath(resolve(resolve(binding.cwd(), folder), request), request) :
        tryPackages(request, Module._nodeModulePaths(resolve(binding.cwd(), folder)));
      if (found !== undefined) return found;
    }
    return undefined;
  }
  if (isRelative(request)) return tryPath(resolve(from, request), request);
  return trySelf(from, request) || tryPackages(request, parent && parent.paths ? parent.paths : Module._nodeModulePaths(from)) ||
    tryPackages(request, foldersEverywhere());
}

/** The real path of what `request` stands for in `parent`; core modules stand for themselves. */
Module._resolveFilename = function(request, parent, isMain, options) {
  if (builtins.isBuiltin(request)) return request;
  const lookIn = typeof options === 'object' && options !== null ? options.paths : undefined;
  if (lookIn !== undefined && !Array.isArray(lookIn)) throw new codes.ERR_INVALID_ARG_VALUE('options.paths', lookIn);
  const found = resolvePath(request, parent, lookIn);
  if (found === undefined) throw notFound(request, parent);
  return found.startsWith('/') ? binding.realpath(found) : found;
};

// --------------------------------------------------------------------------------------------------------------------- loading

function checkId(id) {
  if (typeof id !== 'string') throw new codes.ERR_INVALID_ARG_TYPE('id', 'string', id);
  if (id === '') throw new codes.ERR_INVALID_ARG_VALUE('id', id, 'must be a non-empty string');
}

Module.prototype.require = function(id) {
  checkId(id);
  return Module._load(id, this, false);
};

Module._load = function(request, parent, isMain) {
  if (request.startsWith('node:')) return builtins.load(request);
  const filename = Module._resolveFilename(request, parent, isMain);
  const cached = cache[filename];
  if (cached !== undefined) {
    if (parent && !parent.children.includes(cached)) parent.children.push(cached);
    return cached.loaded ? cached.exports : guardedExports(cached);
  }
  if (builtins.isBuiltin(filename)) return builtins.load(filename);
  const module = new Module(filename, parent);
  if (isMain) becomeMain(module);
  else module[isMainSymbol] = false;
  module[cachedByEsmSymbol] = false;
  cache[filename] = module;
  let threw = true;
  try {
    module.load(filename);
    threw = false;
  } finally {
    if (threw) {
      binding.delete(cache, filename, true);
      const children = parent && parent.children;
      if (children && children.includes(module)) children.splice(children.indexOf(module), 1);
    } else if (module.exports && typeof module.exports === 'object' && binding.proxyDetails(module.exports) === undefined && Object.getPrototypeOf(module.exports) === missingExports) {
      Object.setPrototypeOf(module.exports, Object.prototype);
    }
  }
  return module.exports;
};

let mainModule;

function becomeMain(module) {
  process.mainModule = module;
  module.id = '.';
  module[isMainSymbol] = true;
  mainModule = module;
}

/** In a cycle, asking a half-made module for what it does not have yet is warned of. */
const missingExports = new Proxy({}, {
  get(target, name) {
    if (name in target || name === '__esModule') return target[name];
    warnOfCycle(name);
    return undefined;
  },
  getOwnPropertyDescriptor(target, name) {
    if (Object.prototype.hasOwnProperty.call(target, name) || name === '__esModule') return Object.getOwnPropertyDescriptor(target, name);
    warnOfCycle(name);
    return undefined;
  },
});

function warnOfCycle(name) {
  process.emitWarning(`Accessing non-existent property '${String(name)}' of module exports inside circular dependency`);
}

function guardedExports(module) {
  const { exports } = module;
  if (binding.proxyDetails(exports) !== undefined) return exports;
  if (exports !== null && typeof exports === 'object' && Object.getPrototypeOf(exports) === Object.prototype && !exports.__esModule) {
    Object.setPrototypeOf(exports, missingExports);
  }
  return exports;
}

/** The longest suffix that somebody can load: of "x.foo.bar" first ".foo.bar", then ".bar". */
function loadableExtension(filename) {
  const name = filename.slice(filename.lastIndexOf('/') + 1);
  for (let dot = name.indexOf('.', 1); dot !== -1; dot = name.indexOf('.', dot + 1)) {
    if (Module._extensions[name.slice(dot)]) return name.slice(dot);
  }
  return '.js';
}

Module.prototype.load = function(filename) {
  this.filename = filename;
  this.paths = Module._nodeModulePaths(dirname(filename));
  Module._extensions[loadableExtension(filename)](this, filename);
  this.loaded = true;
};

function makeRequire(module) {
  // Methods, because the bundler renames functions.
  const { require, resolve: resolveRequest, paths } = {
    require(id) { return module.require(id); },
    resolve(request, options) {
      validateString(request, 'request');
      return Module._resolveFilename(request, module, false, options);
    },
    paths(request) {
      validateString(request, 'request');
      return Module._resolveLookupPaths(request, module);
    },
  };
  require.resolve = resolveRequest;
  require.resolve.paths = paths;
  require.main = mainModule;
  require.extensions = Module._extensions;
  require.cache = cache;
  return require;
}

const parentPath = (module) => (parents.get(module) ? parents.get(module).filename : undefined);

/** Runs a module's text. `format` is that of source-files. */
function run(module, filename, text, format) {
  const { kind, compiled } = sourceFiles.compile(filename, esm.urlOf(filename), format, text);
  if (kind === 'module' && module[isMainSymbol]) {
    esm.runMain(esm.urlOf(filename), undefined, compiled);
    return;
  }
  if (kind === 'module') {
    module.exports = esm.requireModule(filename, compiled, parentPath(module));
    return;
  }
  const inner = sourceFiles.bind(compiled, esm.dynamicImport(esm.urlOf(filename)), undefined);
  module[formatSymbol] = 'commonjs';
  module[executingSymbol] = true;
  try {
    inner.call(module.exports, module.exports, makeRequire(module), module, filename, dirname(filename));
  } finally {
    module[executingSymbol] = false;
  }
}

Module.prototype._compile = function(text, filename) {
  run(this, filename, text, 'commonjs');
};

Module._extensions['.js'] = function(module, filename) {
  const format = sourceFiles.formatOf(filename);
  if (format === 'module') {
    module.exports = esm.requireModule(filename, undefined, parentPath(module));
    return;
  }
  run(module, filename, binding.readSource(filename), format === undefined ? 'commonjs' : format);
};

Module._extensions['.json'] = function(module, filename) {
  const text = binding.readSource(filename).replace(/^\uFEFF/, '');
  try {
    module.exports = JSON.parse(text);
  } catch (error) {
    error.message = `${filename}: ${error.message}`;
    throw error;
  }
};

Module._extensions['.node'] = function(module, filename) {
  const error = new Error(`Loopscope cannot load native add-ons: ${filename}`);
  error.code = 'ERR_DLOPEN_FAILED';
  throw error;
};

Module.createRequire = function createRequire(filename) {
  let path = filename;
  if (typeof filename === 'object' && filename !== null && typeof filename.href === 'string') path = filename.href;
  if (typeof path !== 'string' || !(path.startsWith('/') || path.startsWith('file:'))) {
    throw new codes.ERR_INVALID_ARG_VALUE('filename', filename, 'must be a file URL object, file URL string, or absolute path string');
  }
  if (path.startsWith('file:')) path = require('./paths').fileURLToPath(path);
  const module = new Module(path);
  module.filename = path;
  module.paths = Module._nodeModulePaths(path.endsWith('/') ? path : dirname(path));
  return makeRequire(module);
};

Module.syncBuiltinESMExports = function syncBuiltinESMExports() {};
Module.findSourceMap = function findSourceMap() { return undefined; };
Module.runMain = function runMain() {};
Module.wrapper = ['(function (exports, require, module, __filename, __dirname) { ', '\n});'];
Module.wrap = (script) => Module.wrapper[0] + script + Module.wrapper[1];

/** The main script when its text is given (standard input): never read from a file. */
function runMainText(filename, text, format) {
  const module = new Module(filename);
  becomeMain(module);
  module.filename = filename;
  module.paths = Module._nodeModulePaths(dirname(filename));
  cache[filename] = module;
  run(module, filename, text, format);
  module.loaded = true;
}

module.exports = {
  Module,
  run,
  runMainText,
  setEsm(loader) { esm = loader; },
};
