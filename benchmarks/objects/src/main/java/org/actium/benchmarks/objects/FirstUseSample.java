package org.actium.benchmarks.objects;

import java.io.IOException;
import java.util.List;
import java.util.Map;

/** A class with ten methods of all kinds, of which {@link FirstUse} makes stubs. */
public class FirstUseSample {
    private int value;

    public void set(int newValue) {
        value = newValue;
    }

    public int value() {
        return value;
    }

    public String name(long number) {
        return "sample " + number;
    }

    public List<String> names(String prefix, int count) {
        return List.of(prefix, String.valueOf(count));
    }

    public Map<String, Integer> counts() {
        return Map.of("value", value);
    }

    public double mean(double[] numbers) {
        return numbers.length;
    }

    public boolean has(Object candidate) {
        return candidate == this;
    }

    public void fail() throws IOException {
        throw new IOException("asked to");
    }

    protected long scaled(long factor) {
        return factor * value;
    }

    public <T> T same(T any) {
        return any;
    }
}
