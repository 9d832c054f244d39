// Computes the fingerprint of a chosen file in the browser, so that the file is never sent. Without it the form sends it.

const form = document.querySelector("form[data-check]");
const file = form?.querySelector("input[type=file]");
const says = (name) => form.querySelector(`[data-check-says=${name}]`);

if (form && file && globalThis.crypto?.subtle) {
  says("stays").hidden = false;
  form.addEventListener("submit", async (event) => {
    const chosen = file.files[0];
    if (!chosen) return;
    event.preventDefault();
    says("busy").textContent = "Computing the fingerprint.";
    try {
      const digest = await crypto.subtle.digest("SHA-256", await chosen.arrayBuffer());
      const figures = [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, "0"));
      location.assign(`${form.dataset.check}${figures.join("")}/?of=file`);
    } catch {
      says("busy").textContent = "The file could not be read. Choose it again, or enter its fingerprint.";
    }
  });
}
