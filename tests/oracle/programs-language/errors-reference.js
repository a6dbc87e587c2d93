// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
'use strict';
const tries = [() => nowhere, () => nowhere(), () => { nowhere = 1; }, () => typeof nowhere, () => nowhere.x.y];
for (const attempt of tries) {
  try { console.log(attempt()); } catch (error) { console.log(error.name + ': ' + error.message); }
}
try { early; } catch (error) { console.log(error.name + ': ' + error.message); }
let early = 1;
try { new Late(); } catch (error) { console.log(error.name + ': ' + error.message); }
class Late {}
const fixed = 1;
try { fixed = 2; } catch (error) { console.log(error.name + ': ' + error.message); }
try { for (const i = 0; i < 2; i++) ; } catch (error) { console.log(error.name + ': ' + error.message); }
console.log(early, fixed);
