import { useEffect, useState } from 'react';

const SHOWN_MS = 6000;

let show: (text: string) => void = () => undefined;

/** Tells that something was done. */
export function notice(text: string): void {
  show(text);
}

/** Where that is told, to screen readers too. */
export function Notices() {
  const [text, setText] = useState('');
  useEffect(() => {
    show = setText;
  }, []);
  useEffect(() => {
    const timer = setTimeout(() => setText(''), SHOWN_MS);
    return () => clearTimeout(timer);
  }, [text]);
  return (
    <div className="notices" role="status">
      {text !== '' && <p className="notice">{text}</p>}
    </div>
  );
}
