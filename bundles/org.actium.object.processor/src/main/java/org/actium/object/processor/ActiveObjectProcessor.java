package org.actium.object.processor;

import java.util.Set;
import javax.annotation.processing.AbstractProcessor;
import javax.annotation.processing.RoundEnvironment;
import javax.annotation.processing.SupportedAnnotationTypes;
import javax.lang.model.SourceVersion;
import javax.lang.model.element.Element;
import javax.lang.model.element.TypeElement;
import org.actium.object.api.ActiveObject;

/** Checks the classes and interfaces that are said to be those of active objects. Generates nothing. */
@SupportedAnnotationTypes("org.actium.object.api.ActiveObject")
public final class ActiveObjectProcessor extends AbstractProcessor {

    @Override
    public SourceVersion getSupportedSourceVersion() {
        return SourceVersion.latestSupported();
    }

    @Override
    public boolean process(Set<? extends TypeElement> annotations, RoundEnvironment round) {
        for (Element annotated : round.getElementsAnnotatedWith(ActiveObject.class)) {
            if (annotated instanceof TypeElement type) {
                new TypeCheck(type, processingEnv).report();
            }
        }
        return false;
    }
}
