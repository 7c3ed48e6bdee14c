package org.actium.codec.java;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.actium.codec.api.ClassScope;

/** Admits a few classes of the class path, and notes for what else it was asked. */
class OnlyThese implements ClassScope {

    private final Set<Class<?>> admitted;
    private final List<String> asked = new ArrayList<>();

    OnlyThese(Class<?>... admitted) {
        this.admitted = Set.of(admitted);
    }

    /** Names for which a class was looked for. */
    List<String> asked() {
        return asked;
    }

    @Override
    public Class<?> find(String name) throws ClassNotFoundException {
        asked.add(name);
        return Class.forName(name, false, OnlyThese.class.getClassLoader());
    }

    @Override
    public boolean admits(Class<?> type) {
        return admitted.contains(type);
    }
}
