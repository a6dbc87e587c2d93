// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
const s=v=>Object.is(v,-0)?'-0':String(v);
let a=0,b=-1; export const p=a*b; console.log(s(p), s(a*b)); export default a*b; const q=await (a*b); console.log(s(q)); let m=0; m*=b; console.log(s(m)) // end
