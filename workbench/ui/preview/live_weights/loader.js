// Streamlit hands the browser one text, at no address that imports could start from: here every module gets an address.

/** Where each module lies, by file name. MODULES, its text by file name, is put before this one. */
const addresses = new Map();

/** The address of a module, once those that it imports have theirs. */
function addressOf(name) {
  if (!addresses.has(name)) {
    const linked = MODULES[name].replace(/ from "\.\/(\w+\.js)"/g, (_, other) => ` from "${addressOf(other)}"`);
    addresses.set(name, URL.createObjectURL(new Blob([linked], { type: "text/javascript" })));
  }
  return addresses.get(name);
}

const { default: component } = await import(addressOf("live_weights.js"));

export default component;
