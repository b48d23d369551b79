package dev.peal.docs.access;

import dev.peal.store.ScanRequest;
import dev.peal.store.Store;
import dev.peal.store.StoreKey;
import dev.peal.store.StoreRead;
import dev.peal.store.StoreWrite;
import dev.peal.time.Owner;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;

/** A store whose writes take effect, and whose answers to reads come, when the test says so; or which fails. */
public final class HeldStore implements Store {
    private final Store store;
    private final List<Runnable> waiting = new ArrayList<>();
    private boolean holding;
    private boolean failing;

    public HeldStore(Store store) {
        this.store = store;
    }

    public void hold() {
        holding = true;
    }

    public void fail(boolean fails) {
        failing = fails;
    }

    /** Lets one thing that waits go on; false if nothing does. */
    boolean releaseOne(Random random) {
        if (waiting.isEmpty()) {
            return false;
        }
        waiting.remove(random.nextInt(waiting.size())).run();
        return true;
    }

    /** Takes what waits first out of the line. */
    Runnable takeFirst() {
        return waiting.removeFirst();
    }

    /** Lets everything go on, in order, from now on. */
    public void release() {
        holding = false;
        List<Runnable> all = List.copyOf(waiting);
        waiting.clear();
        all.forEach(Runnable::run);
    }

    private void step(Runnable step) {
        if (holding) {
            waiting.add(step);
        } else {
            step.run();
        }
    }

    /** What is read is what is there when it is asked for; the answer waits. */
    @Override
    public void get(StoreKey key, Owner owner, Consumer<StoreRead> done) {
        if (failing) {
            owner.execute(() -> done.accept(new StoreRead.Failed()));
        } else {
            store.get(key, new Late(owner), done);
        }
    }

    @Override
    public void scan(ScanRequest request, Owner owner, Consumer<StoreRead> done) {
        if (failing) {
            owner.execute(() -> done.accept(new StoreRead.Failed()));
        } else {
            store.scan(request, new Late(owner), done);
        }
    }

    @Override
    public void put(StoreKey key, byte[] value, long expected, Owner owner, Consumer<StoreWrite> done) {
        if (failing) {
            owner.execute(() -> done.accept(new StoreWrite.Unavailable()));
        } else {
            step(() -> store.put(key, value, expected, owner, done));
        }
    }

    @Override
    public void delete(StoreKey key, long expected, Owner owner, Consumer<StoreWrite> done) {
        if (failing) {
            owner.execute(() -> done.accept(new StoreWrite.Unavailable()));
        } else {
            step(() -> store.delete(key, expected, owner, done));
        }
    }

    /** An owner to whom answers come late. */
    private final class Late implements Owner {
        private final Owner owner;

        Late(Owner owner) {
            this.owner = owner;
        }

        @Override
        public void execute(Runnable task) {
            step(() -> owner.execute(task));
        }

        @Override
        public boolean inside() {
            return owner.inside();
        }

        @Override
        public void atIterationEnd(Runnable task) {
            owner.atIterationEnd(task);
        }

        @Override
        public Timer schedule(Runnable task, long delayMillis) {
            return owner.schedule(task, delayMillis);
        }
    }
}
