package org.actium.codec.java;

import java.util.LinkedHashSet;
import java.util.Set;
import org.actium.codec.api.ClassScope;

/** Admits a few classes of the class path, and notes for what else it was asked. */
class OnlyThese implements ClassScope {

    private final Set<Class<?>> admitted;
    private final Set<Class<?>> notAdmitted = new LinkedHashSet<>();
    private final Set<String> asked = new LinkedHashSet<>();

    OnlyThese(Class<?>... admitted) {
        this.admitted = Set.of(admitted);
    }

    /** Names for which a class was looked for. */
    Set<String> asked() {
        return asked;
    }

    /** What was found of that and is not admitted. */
    Set<Class<?>> notAdmitted() {
        return notAdmitted;
    }

    @Override
    public Class<?> find(String name) throws ClassNotFoundException {
        asked.add(name);
        Class<?> type = Class.forName(name, false, OnlyThese.class.getClassLoader());
        if (!admitted.contains(type)) {
            notAdmitted.add(type);
        }
        return type;
    }

    @Override
    public boolean admits(Class<?> type) {
        return admitted.contains(type);
    }
}
