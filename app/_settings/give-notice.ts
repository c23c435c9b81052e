import { restoreNotices, useNotices } from "./notice-store";

const TONES_HZ = [659, 880] as const;
const TONE_SECONDS = 0.16;

/** Tells somebody who looks elsewhere, in the ways that they have chosen. */
export function giveNotice(message: string): void {
  restoreNotices();
  const { hasSound, hasPopup } = useNotices.getState();
  if (hasSound) {
    playTones();
  }
  if (hasPopup && "Notification" in window && Notification.permission === "granted") {
    const popup = new Notification(message, { tag: "sunprint.ready" });
    popup.addEventListener("click", () => window.focus());
  }
}

/** Two short tones, soft at both ends. */
export function playTones(): void {
  const audio = new AudioContext();
  for (const [place, hertz] of TONES_HZ.entries()) {
    const start = audio.currentTime + place * TONE_SECONDS;
    const tone = audio.createOscillator();
    const loudness = audio.createGain();
    tone.frequency.value = hertz;
    loudness.gain.setValueAtTime(0, start);
    loudness.gain.linearRampToValueAtTime(0.12, start + 0.02);
    loudness.gain.linearRampToValueAtTime(0, start + TONE_SECONDS);
    tone.connect(loudness).connect(audio.destination);
    tone.start(start);
    tone.stop(start + TONE_SECONDS);
  }
  setTimeout(() => void audio.close(), 1_000);
}
