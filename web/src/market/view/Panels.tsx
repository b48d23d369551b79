export type Panel = 'book' | 'tape' | 'ticket' | 'account' | 'health';

const names: readonly (readonly [Panel, string])[] = [
  ['book', 'Book'],
  ['tape', 'Trades'],
  ['ticket', 'Order'],
  ['account', 'Account'],
  ['health', 'Feed'],
];

/** On a phone: which panel stands below the chart. Elsewhere all do, and this does not. */
export function Panels({ shown, onShow }: { shown: Panel; onShow: (panel: Panel) => void }) {
  return (
    <div class="panels" role="group" aria-label="Shown below the chart">
      {names.map(([panel, name]) => (
        <button key={panel} type="button" aria-pressed={panel === shown} onClick={() => onShow(panel)}>
          {name}
        </button>
      ))}
    </div>
  );
}
