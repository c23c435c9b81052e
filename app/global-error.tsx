"use client";

/** When even the frame of the page broke: no translations and no styles can be counted on, so both languages stand here. */
export default function GlobalError({ retry }: { error: unknown; retry: () => void }) {
  return (
    <html lang="en">
      <body
        style={{
          font: "15px/24px system-ui, sans-serif",
          margin: "20vh auto",
          maxWidth: "28rem",
          padding: 16,
        }}
      >
        <title>Sunprint</title>
        <h1 style={{ fontSize: 24 }}>Something broke on our side.</h1>
        <p>Your drafts and pictures are safe.</p>
        <p lang="zh">我们这边出了故障。你的草稿和图片都还在。</p>
        <button type="button" onClick={retry}>
          Try again · <span lang="zh">重试</span>
        </button>
      </body>
    </html>
  );
}
