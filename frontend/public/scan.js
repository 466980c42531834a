// The camera of the page /scan, where the browser itself can read codes. Elsewhere the page takes a picture instead.
const box = document.getElementById('scan-camera');
const formats = ['qr_code', 'code_128', 'data_matrix', 'code_39', 'ean_13'];

if (box && 'BarcodeDetector' in window && navigator.mediaDevices?.getUserMedia) prepare(box);

async function prepare(box) {
  const known = await BarcodeDetector.getSupportedFormats().catch(() => []);
  const wanted = formats.filter(format => known.includes(format));
  if (!wanted.includes('qr_code')) return;
  const detector = new BarcodeDetector({ formats: wanted });
  const [video, aim, none, start, stop] =
    ['video', 'aim', 'none', 'start', 'stop'].map(part => box.querySelector(`.scan-${part}`));
  let stream = null;

  const show = running => {
    video.hidden = aim.hidden = stop.hidden = !running;
    start.hidden = running;
  };
  const end = () => {
    stream?.getTracks().forEach(track => track.stop());
    stream = null;
    show(false);
  };
  start.addEventListener('click', async () => {
    none.hidden = true;
    try {
      stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: 'environment' } });
    } catch {
      none.hidden = false;
      return;
    }
    video.srcObject = stream;
    show(true);
    await video.play();
    look();
  });
  stop.addEventListener('click', end);
  addEventListener('pagehide', end);
  box.hidden = false;

  async function look() {
    if (!stream) return;
    const [code] = await detector.detect(video).catch(() => []);
    if (code?.rawValue) {
      end();
      location.assign(`${box.dataset.page}?${new URLSearchParams({ text: code.rawValue })}`);
    } else {
      setTimeout(look, 120);
    }
  }
}
