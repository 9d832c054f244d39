// What somebody types in a section is kept for them every few seconds, until they save. Without this script the page works
// by saving alone. A form carries data-keep, the address that keeps it; [data-kept] within it says what became of it.

const PAUSE = 4000;

const keeping = (form) => {
  const status = form.querySelector("[data-kept]");
  const written = () => new URLSearchParams(new FormData(form)).toString();
  let last = written();
  let waiting = null;

  const keep = async () => {
    waiting = null;
    const now = written();
    if (now === last) return;
    try {
      const answer = await fetch(form.dataset.keep, {
        method: "POST",
        body: now,
        headers: { "Content-Type": "application/x-www-form-urlencoded", Accept: "application/json" },
        redirect: "error",
      });
      status.textContent = answer.headers.get("Content-Type")?.startsWith("application/json")
        ? (await answer.json()).said
        : "This is not kept: save it to see why.";
      if (answer.ok) last = now;
    } catch {
      status.textContent = "This is not kept: there is no connection, or you are signed out. Copy it before you leave.";
    }
  };

  form.addEventListener("input", () => {
    waiting ??= setTimeout(keep, PAUSE);
  });
  form.addEventListener("submit", () => clearTimeout(waiting));
};

document.querySelectorAll("form[data-keep]").forEach(keeping);
