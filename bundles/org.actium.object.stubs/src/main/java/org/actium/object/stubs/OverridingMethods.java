package org.actium.object.stubs;

import java.lang.classfile.ClassBuilder;
import java.lang.classfile.ClassFile;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.TypeKind;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodType;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;

/**
 * The methods of a stub class that pass calls on. Each boxes its arguments into an array and calls, through a method handle
 * that is a constant to the compiler, {@code dispatch(handler, index, arguments)}.
 */
final class OverridingMethods {

    private static final ClassDesc OBJECT_ARRAY = ConstantDescs.CD_Object.arrayType();
    private static final MethodTypeDesc DISPATCH =
            MethodTypeDesc.of(ConstantDescs.CD_Object, ConstantDescs.CD_Object, ConstantDescs.CD_int, OBJECT_ARRAY);

    private OverridingMethods() {}

    static void write(ClassBuilder stub, ClassDesc self, Method method, int index) {
        MethodTypeDesc type = MethodType.methodType(method.getReturnType(), method.getParameterTypes())
                .describeConstable()
                .orElseThrow();
        int access = method.getModifiers() & (Modifier.PUBLIC | Modifier.PROTECTED);
        stub.withMethodBody(method.getName(), type, access | ClassFile.ACC_FINAL, code -> {
            code.ldc(StubBytecode.classData(1, MethodHandle.class));
            code.aload(0).getfield(self, StubBytecode.HANDLER_FIELD, ConstantDescs.CD_Object);
            code.loadConstant(index);
            boxArguments(code, method.getParameterTypes());
            code.invokevirtual(ConstantDescs.CD_MethodHandle, "invokeExact", DISPATCH);
            returnUnboxed(code, method.getReturnType());
        });
    }

    private static void boxArguments(CodeBuilder code, Class<?>[] parameters) {
        if (parameters.length == 0) {
            code.ldc(StubBytecode.classData(2, Object[].class)); // nobody can change it
            return;
        }
        code.loadConstant(parameters.length).anewarray(ConstantDescs.CD_Object);
        for (int i = 0; i < parameters.length; i++) {
            Class<?> parameter = parameters[i];
            code.dup().loadConstant(i);
            code.loadLocal(TypeKind.from(parameter), code.parameterSlot(i));
            if (parameter.isPrimitive()) {
                ClassDesc box = StubBytecode.describe(
                        MethodType.methodType(parameter).wrap().returnType());
                code.invokestatic(box, "valueOf", MethodTypeDesc.of(box, StubBytecode.describe(parameter)));
            }
            code.aastore();
        }
    }

    private static void returnUnboxed(CodeBuilder code, Class<?> result) {
        if (result == void.class) {
            code.pop().return_();
        } else if (result.isPrimitive()) {
            ClassDesc box =
                    StubBytecode.describe(MethodType.methodType(result).wrap().returnType());
            code.checkcast(box)
                    .invokevirtual(box, result.getName() + "Value", MethodTypeDesc.of(StubBytecode.describe(result)));
            code.return_(TypeKind.from(result));
        } else {
            code.checkcast(StubBytecode.describe(result)).areturn();
        }
    }
}
