class Box {
  constructor(v) { this.v = v; }
  async get() { await null; return this.v; }
  getter = async () => { await null; return this.v * 2; };
  async args() { const inner = async () => { await null; return [...arguments]; }; return inner(); }
  static async make(v) { await null; return new this(v); }
  async *items() { for (let i = 0; i < this.v; ++i) yield i; }
}
(async () => {
  const box = await Box.make(3);
  console.log(await box.get(), await box.getter(), await box.args(1, 2), box.get.call({ v: 9 }) instanceof Promise);
  for await (const item of box.items()) console.log(item);
  const { get } = box;
  try { await get(); } catch (error) { console.log(error.constructor.name); }
})();
