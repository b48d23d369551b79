import { useComputed } from '@preact/signals';
import type { Floor } from '../floor';
import type { HealthReport } from '../health';
import type { SymbolView } from '../symbolView';

const rows: readonly (readonly [Exclude<keyof HealthReport, 'verified'>, string, string])[] = [
  ['sequence', 'Book sequence', 'Of the newest book that was taken'],
  ['perSecond', 'Messages a second', 'On this connection, all symbols together'],
  ['roundTrip', 'Round trip', 'Of the newest ping'],
  ['delay', 'Delay', 'This clock minus the server’s at the newest message'],
  ['skipped', 'Skipped', 'Updates that the server left out and said so, because newer ones were there'],
  ['gaps', 'Gaps', 'Times that updates were missing without a word'],
  ['resyncs', 'Resyncs', 'Times that the book was asked for anew'],
  ['reconnects', 'Reconnects', 'Times that the connection was lost'],
];

/** How well the feed does, for the symbol that is shown. */
export function HealthPanel({ floor, view }: { floor: Floor; view: SymbolView }) {
  const { report } = floor.health;
  const verified = useComputed(() => {
    switch (report.value.verified) {
      case undefined:
        return 'Not yet known';
      case true:
        return 'Verified';
      case false:
        return 'Not verified';
    }
  });
  return (
    <section id="health" class="panel-box panel-health" aria-labelledby="health-title" tabIndex={-1}>
      <h2 id="health-title" class="panel-title">
        Feed of {view.info.symbol}
      </h2>
      <dl class="health">
        <div title="By sequence and checksum">
          <dt>Order book</dt>
          <dd data-testid="verified">{verified}</dd>
        </div>
        {rows.map(([key, name, about]) => (
          <div key={key} title={about}>
            <dt>{name}</dt>
            <HealthValue report={report} of={key} />
          </div>
        ))}
      </dl>
    </section>
  );
}

function HealthValue({ report, of }: { report: Floor['health']['report']; of: Exclude<keyof HealthReport, 'verified'> }) {
  const text = useComputed(() => report.value[of]);
  return <dd data-testid={of}>{text}</dd>;
}
