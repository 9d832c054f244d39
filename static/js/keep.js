// What somebody types in a section or for their agency is kept for them every few seconds, until they save. Without this
// script the page works by saving alone. A form carries data-keep, the address that keeps it; [data-kept] within it says
// what became of it.

const PAUSE = 4000;

const keeping = (form) => {
  const status = form.querySelector("[data-kept]");
  const written = () => new URLSearchParams(new FormData(form)).toString();
  let last = written();
  let waiting = null;
  let isSaving = false;
  let isLost = false;

  const keep = async (options = {}) => {
    clearTimeout(waiting);
    waiting = null;
    const now = written();
    if (now === last || isSaving) return;
    try {
      const answer = await fetch(form.dataset.keep, {
        method: "POST",
        body: now,
        headers: { "Content-Type": "application/x-www-form-urlencoded", Accept: "application/json" },
        redirect: "error",
        ...options,
      });
      status.textContent = answer.headers.get("Content-Type")?.startsWith("application/json")
        ? (await answer.json()).said
        : "This is not kept: save it to see why.";
      if (answer.ok) last = now;
      isLost = !answer.ok;
    } catch {
      isLost = true;
      status.textContent = "This is not kept: there is no connection, or you are signed out. Copy it before you leave.";
    }
  };

  form.addEventListener("input", () => {
    waiting ??= setTimeout(keep, PAUSE);
  });
  form.addEventListener("submit", () => {
    isSaving = true;
    clearTimeout(waiting);
  });
  // Somebody who comes back by the browser's button finds a page that keeps again.
  window.addEventListener("pageshow", () => {
    isSaving = false;
  });
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "hidden") keep({ keepalive: true });
  });
  window.addEventListener("beforeunload", (event) => {
    if (isLost && !isSaving && written() !== last) event.preventDefault();
  });
};

document.querySelectorAll("form[data-keep]").forEach(keeping);
