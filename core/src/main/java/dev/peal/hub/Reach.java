package dev.peal.hub;

import dev.peal.log.RoomKey;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * How a room reaches the loops on which it has members. Owned by the room's owner.
 *
 * <p>To its own loop a push goes straight into the roster. To another loop pushes gather in a list that is sent as one task; anything else that goes to that
 * loop is sent behind them, so that each loop sees the room's one order.
 */
final class Reach {
    private final RoomKey key;
    private final Loop home;
    private final List<Loop> loops;
    private final int[] members;
    private final @Nullable ArrayList<Push>[] gathered;
    private boolean scheduled;

    @SuppressWarnings({"unchecked", "rawtypes"})
    Reach(RoomKey key, Loop home, List<Loop> loops) {
        this.key = key;
        this.home = home;
        this.loops = loops;
        this.members = new int[loops.size()];
        this.gathered = new ArrayList[loops.size()];
    }

    void push(Push push) {
        for (int i = 0; i < members.length; i++) {
            if (members[i] == 0) {
                continue;
            }
            if (i == home.index()) {
                home.roster(key).offer(push);
            } else {
                gather(i, push);
            }
        }
    }

    void enter(Member member, String epoch, long oldest, long newest, Joining joining) {
        Loop loop = member.loop();
        members[loop.index()]++;
        send(loop, () -> {
            Roster roster = loop.roster(key);
            roster.reached(newest);
            roster.add(member);
            joining.joined(epoch, oldest, newest);
        });
    }

    void again(Member member, String epoch, long oldest, long newest, Joining joining) {
        Loop loop = member.loop();
        send(loop, () -> {
            Roster roster = loop.roster(key);
            roster.drain();
            member.live = false;
            joining.joined(epoch, oldest, newest);
        });
    }

    void leave(Member member, @Nullable Runnable done) {
        Loop loop = member.loop();
        members[loop.index()]--;
        send(loop, () -> {
            loop.roster(key).remove(member);
            loop.forgetIfEmpty(key);
            if (done != null) {
                done.run();
            }
        });
    }

    /** Runs a task on a loop, behind every push that was sent to it. */
    void send(Loop loop, Runnable task) {
        if (loop == home) {
            task.run();
            return;
        }
        flush(loop.index());
        loop.owner().execute(task);
    }

    /** Tells every member that the room's log is not what it was. */
    void lose() {
        onEachRoster(Roster::lose);
    }

    /** Lets every member be asked anew whether it may be here. */
    void review() {
        onEachRoster(Roster::review);
    }

    private void onEachRoster(Consumer<Roster> step) {
        for (Loop loop : loops) {
            if (members[loop.index()] > 0) {
                flush(loop.index());
                loop.owner().execute(() -> {
                    Roster roster = loop.rosterIfAny(key);
                    if (roster != null) {
                        step.accept(roster);
                    }
                });
            }
        }
    }

    void flush() {
        for (int i = 0; i < gathered.length; i++) {
            flush(i);
        }
    }

    private void gather(int index, Push push) {
        ArrayList<Push> list = gathered[index];
        if (list == null) {
            list = new ArrayList<>();
            gathered[index] = list;
        }
        list.add(push);
        if (!scheduled) {
            scheduled = true;
            home.owner().atIterationEnd(() -> {
                scheduled = false;
                flush();
            });
        }
    }

    private void flush(int index) {
        ArrayList<Push> pushes = gathered[index];
        if (pushes == null) {
            return;
        }
        gathered[index] = null;
        Loop loop = loops.get(index);
        loop.owner().execute(() -> {
            Roster roster = loop.roster(key);
            for (int i = 0; i < pushes.size(); i++) {
                roster.offer(pushes.get(i));
            }
        });
    }
}
