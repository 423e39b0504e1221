import type { KeyboardEvent, PointerEvent } from 'react';
import { useTranslation } from 'react-i18next';

const least = 140;
const step = 24;

/** At most so much of the window, so that toolbar and results stay in reach. */
function most(): number {
  return Math.max(least, window.innerHeight - 240);
}

export function startHeight(): number {
  return Math.min(340, most());
}

interface PanelHandleProps {
  readonly height: number;
  readonly onResize: (height: number) => void;
}

/** The upper edge of a panel: drag it, or move it by arrow keys. */
export function PanelHandle({ height, onResize }: PanelHandleProps) {
  const { t } = useTranslation();
  const resize = (next: number): void => onResize(Math.min(Math.max(next, least), most()));
  const onPointerDown = (event: PointerEvent<HTMLDivElement>): void => {
    const handle = event.currentTarget;
    const bottom = event.clientY + height;
    handle.setPointerCapture(event.pointerId);
    handle.onpointermove = (move) => resize(bottom - move.clientY);
    handle.onlostpointercapture = () => {
      handle.onpointermove = null;
    };
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key === 'ArrowUp') resize(height + step);
    else if (event.key === 'ArrowDown') resize(height - step);
    else return;
    event.preventDefault();
  };
  return (
    // biome-ignore lint/a11y/useSemanticElements: a rule cannot be moved.
    <div
      role="separator"
      tabIndex={0}
      aria-orientation="horizontal"
      aria-label={t('diagnostics.resize')}
      aria-valuemin={least}
      aria-valuemax={most()}
      aria-valuenow={Math.round(height)}
      onPointerDown={onPointerDown}
      onKeyDown={onKeyDown}
      className="absolute inset-x-0 -top-1 z-10 h-2 cursor-row-resize touch-none"
    />
  );
}
