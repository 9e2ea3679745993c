// The waiting page before a call: a countdown by the server's clock, and a camera and microphone check. No third party.

const OFF_BY = 2 * 60 * 1000;

for (const line of document.querySelectorAll("[data-countdown]")) {
  const ahead = Date.parse(line.dataset.now) - Date.now();
  const until = Date.parse(line.dataset.until);
  const two = (number) => String(number).padStart(2, "0");
  const tick = () => {
    const left = Math.ceil((until - Date.now() - ahead) / 1000);
    if (left <= 0) {
      // Wait one second, then let the server decide. A page that was asleep reloads when it wakes.
      setTimeout(() => location.reload(), 1000);
      return;
    }
    const days = Math.floor(left / 86400);
    const clock = [Math.floor((left % 86400) / 3600), Math.floor((left % 3600) / 60), left % 60].map(two).join(":");
    line.textContent = days ? `${days} ${days === 1 ? line.dataset.day : line.dataset.days} ${clock}` : clock;
    setTimeout(tick, 1000 - (Date.now() % 1000));
  };
  document.querySelector("[data-clock-off]").hidden = Math.abs(ahead) < OFF_BY;
  tick();
}

for (const check of document.querySelectorAll("[data-check]")) {
  const part = (name) => check.querySelector(`[data-${name}]`);
  let stream = null;
  let sound = null;

  const stop = () => {
    stream?.getTracks().forEach((track) => track.stop());
    sound?.close();
    stream = sound = null;
    part("video").hidden = true;
    part("placeholder").hidden = false;
    part("meter").value = 0;
    part("stop").hidden = true;
    part("start").hidden = false;
  };

  const listen = () => {
    sound = new AudioContext();
    const analyser = sound.createAnalyser();
    analyser.fftSize = 512;
    sound.createMediaStreamSource(stream).connect(analyser);
    const samples = new Uint8Array(analyser.fftSize);
    const measure = () => {
      if (!sound) return;
      analyser.getByteTimeDomainData(samples);
      part("meter").value = Math.min(100, 2 * Math.max(...samples.map((sample) => Math.abs(sample - 128))));
      setTimeout(measure, 100);
    };
    measure();
  };

  const ask = async () => {
    try {
      return await navigator.mediaDevices.getUserMedia({ audio: true, video: true });
    } catch (error) {
      // Many desktop computers at schools have no camera.
      if (error.name !== "NotFoundError") throw error;
      return navigator.mediaDevices.getUserMedia({ audio: true });
    }
  };

  part("start").addEventListener("click", async () => {
    const result = part("result");
    if (!navigator.mediaDevices) {
      result.textContent = check.dataset.refused;
      return;
    }
    try {
      stream = await ask();
    } catch (error) {
      result.textContent = { NotFoundError: check.dataset.missing, NotReadableError: check.dataset.busy }[error.name] ?? check.dataset.refused;
      return;
    }
    const sees = stream.getVideoTracks().length > 0;
    if (sees) {
      part("video").srcObject = stream;
      part("video").play();
      part("video").hidden = false;
      part("placeholder").hidden = true;
    }
    listen();
    result.textContent = sees ? check.dataset.works : check.dataset.sound;
    part("start").hidden = true;
    part("stop").hidden = false;
  });
  part("stop").addEventListener("click", stop);
  // Release camera and microphone when the person joins the call.
  addEventListener("pagehide", stop);
}
