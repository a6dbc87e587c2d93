// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
'use strict';

// Crypto operations with Node's errors, and what they are called in async_hooks.

const { calculate, calculateNow } = require('./calculation');
const { toCryptoError } = require('./crypto-errors');

class PBKDF2Job {}
class ScryptJob {}
class HKDFJob {}
class RandomBytesJob {}
class HashJob {}
class HmacJob {}
class SignJob {}
class SecretKeyGenerateJob {}
class KeyPairGenerateJob {}
class CheckPrimeJob {}
class RandomPrimeJob {}
class CipherJob {}
class DeriveBitsJob {}

const jobs = {
  pbkdf2: [PBKDF2Job, 'PBKDF2REQUEST'],
  scrypt: [ScryptJob, 'SCRYPTREQUEST'],
  hkdf: [HKDFJob, 'DERIVEBITSREQUEST'],
  agree: [DeriveBitsJob, 'DERIVEBITSREQUEST'],
  randomBytes: [RandomBytesJob, 'RANDOMBYTESREQUEST'],
  hash: [HashJob, 'HASHREQUEST'],
  hmac: [HmacJob, 'SIGNREQUEST'],
  sign: [SignJob, 'SIGNREQUEST'],
  verify: [SignJob, 'SIGNREQUEST'],
  encrypt: [CipherJob, 'CIPHERREQUEST'],
  decrypt: [CipherJob, 'CIPHERREQUEST'],
  transformKey: [CipherJob, 'CIPHERREQUEST'],
  generateKey: [SecretKeyGenerateJob, 'KEYGENREQUEST'],
  generateKeyPair: [KeyPairGenerateJob, 'KEYPAIRGENREQUEST'],
  checkPrime: [CheckPrimeJob, 'CHECKPRIMEREQUEST'],
  generatePrime: [RandomPrimeJob, 'RANDOMPRIMEREQUEST'],
};

const runNow = (operation, args) => calculateNow(operation, args, toCryptoError);

/** Submits the operation; done(error | undefined, result) is called on the job that stands for it. */
function run(operation, args, person, done, kind = operation) {
  const [Job, type] = jobs[kind];
  const job = new Job();
  calculate(operation, args, { job, type, toError: toCryptoError, person }, (...results) => done.apply(job, results));
}

/** The same as a promise, for Web Crypto. */
function runPromise(operation, args, person) {
  return new Promise((resolve, reject) => {
    run(operation, args, person, (error, result) => (error ? reject(error) : resolve(result)));
  });
}

module.exports = { run, runNow, runPromise };
