package dev.peal.market.feed;

import java.util.ArrayList;

/** The readers of one topic of a symbol who are told at one pace, and so, mostly, the same. Belongs to its loop. */
final class Lane {
    private final SymbolFeed feed;
    private final Topic topic;
    private final Pace pace;
    private final ArrayList<Subscription> members = new ArrayList<>();
    private boolean due;

    Lane(SymbolFeed feed, Topic topic, Pace pace) {
        this.feed = feed;
        this.topic = topic;
        this.pace = pace;
    }

    Topic topic() {
        return topic;
    }

    Pace pace() {
        return pace;
    }

    void add(Subscription member) {
        member.lane = this;
        member.laneIndex = members.size();
        members.add(member);
    }

    void remove(Subscription member) {
        Subscription last = members.removeLast();
        if (last != member) {
            members.set(member.laneIndex, last);
            last.laneIndex = member.laneIndex;
        }
        if (members.isEmpty()) {
            feed.forget(this);
            pace.left();
        }
    }

    void due() {
        if (!due) {
            due = true;
            pace.due(this);
        }
    }

    /** Tells all members, from the last on: one that goes meanwhile leaves its place to one that was told. */
    void flush() {
        due = false;
        for (int i = members.size() - 1; i >= 0; i--) {
            if (i < members.size()) {
                members.get(i).due();
            }
        }
    }
}
