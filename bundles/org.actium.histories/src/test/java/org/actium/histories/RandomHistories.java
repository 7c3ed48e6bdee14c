package org.actium.histories;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Small histories of one object, some of which can have been: most results are what a real object would have said that is asked at a random moment,
 * and some are anything.
 */
final class RandomHistories {

    private final SplittableRandom random;
    private final int operations;

    RandomHistories(long seed, int operations) {
        this.random = new SplittableRandom(seed);
        this.operations = operations;
    }

    private static final class Running {
        private final String operation;
        private final Value argument;
        private Value result; // null until it has taken effect
        private boolean failed;

        Running(String operation, Value argument) {
            this.operation = operation;
            this.argument = argument;
        }
    }

    History ofRegister() {
        return history(false);
    }

    History ofList() {
        return history(true);
    }

    private History history(boolean list) {
        Told told = new Told();
        Running[] running = new Running[3 + operations];
        List<Integer> processes = new ArrayList<>(List.of(0, 1, 2));
        Value state = list ? Value.of(List.of()) : Value.nothing();
        int begun = 0;
        int fresh = 3;
        while (begun < operations || random.nextInt(4) > 0) {
            int at = random.nextInt(processes.size());
            int process = processes.get(at);
            Running now = running[process];
            if (now == null) {
                if (begun < operations) {
                    running[process] = list ? listOperation(++begun) : registerOperation(++begun);
                    told.begins(process, running[process].operation, running[process].argument);
                }
            } else if (now.result == null && !now.failed) {
                state = takeEffect(now, state);
            } else if (random.nextInt(6) == 0) {
                told.info(process, now.operation);
                processes.set(at, fresh++);
            } else {
                if (now.failed) {
                    told.fails(process, now.operation);
                } else {
                    told.ok(process, now.operation, random.nextInt(4) == 0 ? anything(list, now) : now.result);
                }
                running[process] = null;
            }
        }
        return told.history();
    }

    private Running registerOperation(int number) {
        return switch (random.nextInt(3)) {
            case 0 -> new Running("write", Value.of(random.nextInt(3)));
            case 1 -> new Running("cas", Value.of(List.of((long) random.nextInt(3), (long) random.nextInt(3))));
            default -> new Running("read", Value.nothing());
        };
    }

    private Running listOperation(int number) {
        return random.nextBoolean() ? new Running("append", Value.of(number)) : new Running("read", Value.nothing());
    }

    private Value takeEffect(Running now, Value state) {
        now.result = now.argument;
        switch (now.operation) {
            case "read" -> now.result = state;
            case "write" -> {
                return random.nextInt(6) == 0 ? state : now.argument; // sometimes lost
            }
            case "append" -> {
                List<Long> longer = new ArrayList<>(((Value.Numbers) state).numbers());
                for (int times = effects(); times > 0; times--) {
                    longer.add(random.nextInt(8) == 0 ? 0 : longer.size(), ((Value.Number) now.argument).number());
                }
                return Value.of(longer);
            }
            default -> {
                List<Long> numbers = ((Value.Numbers) now.argument).numbers();
                if (state.equals(Value.of(numbers.get(0)))) {
                    return Value.of(numbers.get(1));
                }
                now.failed = true;
            }
        }
        return state;
    }

    /** Now and then lost, or doubled. */
    private int effects() {
        return switch (random.nextInt(20)) {
            case 0 -> 0;
            case 1 -> 2;
            default -> 1;
        };
    }

    private Value anything(boolean list, Running now) {
        if (!now.operation.equals("read")) {
            return now.result;
        }
        return list ? Value.of(random.longs(2, 1, 5).boxed().toList()) : Value.of(random.nextInt(3));
    }
}
