/** The constants that Python reads, too, from the same file. (Fetched: not every browser can import JSON yet.) */

export const CONTRACT = await (await fetch(new URL("contract.json", import.meta.url))).json();
