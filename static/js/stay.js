// Says in time that a session is about to end. Without it, the same is said in the account and at the foot of pages,
// and what is sent afterwards is kept until its person has signed in again.

const CHECK_EVERY = 10_000; // milliseconds
const SEEN = "seen-at"; // shared by the tabs: work in one keeps all of them

const dialog = document.querySelector("dialog[data-stay]");
const opened = Date.now();
const idle = Number(dialog.dataset.idle) * 1000;
const warnBefore = Number(dialog.dataset.warn) * 1000;
const last = opened + Number(dialog.dataset.left) * 1000;

const note = () => {
  try {
    localStorage.setItem(SEEN, String(Date.now()));
  } catch {
    // Storage is switched off: this tab then counts for itself.
  }
};

const seen = () => {
  try {
    return Math.max(opened, Number(localStorage.getItem(SEEN)));
  } catch {
    return opened;
  }
};

const show = (state) => {
  dialog.querySelectorAll("[data-when]").forEach((part) => {
    part.hidden = !part.dataset.when.split(" ").includes(state);
  });
  if (!dialog.open) dialog.showModal(); // the browser gives the focus back when it is closed
};

let isOver = false;

const over = () => {
  if (isOver) return;
  isOver = true;
  show("over");
};

const check = () => {
  const now = Date.now();
  const end = Math.min(seen() + idle, last);
  if (isOver) return;
  if (now >= end) over();
  else if (now >= end - warnBefore) show(last <= seen() + idle ? "last" : "idle");
  else if (dialog.open) dialog.close();
};

dialog.querySelector("form[data-stay-form]").addEventListener("submit", async (event) => {
  event.preventDefault();
  const { action } = event.target;
  const answer = await fetch(action, { method: "POST", body: new FormData(event.target), redirect: "manual" });
  if (answer.status !== 204) return over();
  note();
  dialog.close();
});
dialog.querySelectorAll("[data-close]").forEach((button) => {
  button.addEventListener("click", () => dialog.close());
});

note();
setInterval(check, CHECK_EVERY);
document.addEventListener("visibilitychange", check);
