// Keys for the room: A adopts the paragraph on the screen, the arrows go to the one before and the next.
addEventListener("keydown", (event) => {
  if (event.altKey || event.ctrlKey || event.metaKey || event.target.closest("input, textarea, select")) return;
  if (event.key.toLowerCase() === "a") document.getElementById("adopting")?.requestSubmit();
  else if (event.key === "ArrowLeft") document.querySelector('a[rel="prev"]')?.click();
  else if (event.key === "ArrowRight") document.querySelector('a[rel="next"]')?.click();
});
