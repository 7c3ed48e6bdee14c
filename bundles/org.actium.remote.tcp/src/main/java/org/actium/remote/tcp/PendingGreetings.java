package org.actium.remote.tcp;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Accepted connections whose other side has not said who it is. When there are too many the oldest ends: one who means
 * it is done within milliseconds, so that somebody who opens many and says nothing gets in his own way only.
 */
final class PendingGreetings {

    private final int limit;
    private final ReentrantLock lock = new ReentrantLock();
    // guarded by lock
    private final Deque<TcpConnection> connections = new ArrayDeque<>();

    PendingGreetings(int limit) {
        this.limit = limit;
    }

    void add(TcpConnection connection) {
        TcpConnection oldest;
        lock.lock();
        try {
            connections.add(connection);
            oldest = connections.size() > limit ? connections.poll() : null;
        } finally {
            lock.unlock();
        }
        if (oldest != null) {
            oldest.breakOff("it has not said who it is, and " + limit + " others who have not are waiting too");
        }
    }

    void remove(TcpConnection connection) {
        lock.lock();
        try {
            connections.remove(connection);
        } finally {
            lock.unlock();
        }
    }

    void breakOffAll(String why) {
        List<TcpConnection> all;
        lock.lock();
        try {
            all = List.copyOf(connections);
        } finally {
            lock.unlock();
        }
        all.forEach(connection -> connection.breakOff(why));
    }
}
