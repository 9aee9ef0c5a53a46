/* Reads and writes arrays through the macros of NumPy's own headers, as compiled packages do. */
#define NPY_NO_DEPRECATED_API NPY_2_0_API_VERSION
#define PY_SSIZE_T_CLEAN
#include <Python.h>
#include <complex.h>
#include <numpy/arrayobject.h>
#include <numpy/arrayscalars.h>

static PyObject *describe(PyObject *self, PyObject *object)
{
    if (!PyArray_Check(object)) {
        PyErr_SetString(PyExc_TypeError, "not an array");
        return NULL;
    }
    PyArrayObject *array = (PyArrayObject *)object;
    int ndim = PyArray_NDIM(array);
    PyObject *shape = PyTuple_New(ndim), *strides = PyTuple_New(ndim);
    for (int i = 0; i < ndim; i++) {
        PyTuple_SET_ITEM(shape, i, PyLong_FromSsize_t(PyArray_DIM(array, i)));
        PyTuple_SET_ITEM(strides, i, PyLong_FromSsize_t(PyArray_STRIDE(array, i)));
    }
    PyArray_Descr *descr = PyArray_DESCR(array);
    return Py_BuildValue(
        "{s:N,s:N,s:i,s:n,s:C,s:C,s:C,s:i,s:i,s:i,s:i,s:K,s:O,s:i}",
        "shape", shape, "strides", strides, "type_num", PyArray_TYPE(array),
        "itemsize", (Py_ssize_t)PyArray_ITEMSIZE(array), "kind", descr->kind, "type", descr->type,
        "byteorder", descr->byteorder, "alignment", (int)PyDataType_ALIGNMENT(descr),
        "exact", PyArray_CheckExact(object), "c_contiguous", (int)PyArray_IS_C_CONTIGUOUS(array),
        "writeable", (int)PyArray_ISWRITEABLE(array),
        "data", (unsigned long long)(npy_uintp)PyArray_DATA(array),
        "base", PyArray_BASE(array) ? PyArray_BASE(array) : Py_None,
        "behaved", (int)PyArray_ISBEHAVED(array));
}

/* Adds `value` to each element of a float64 array of any strides, two dimensions at most. */
static PyObject *add_value(PyObject *self, PyObject *arguments)
{
    PyArrayObject *array;
    double value;
    if (!PyArg_ParseTuple(arguments, "O!d", &PyArray_Type, &array, &value))
        return NULL;
    if (PyArray_TYPE(array) != NPY_DOUBLE || PyArray_NDIM(array) > 2 || !PyArray_ISWRITEABLE(array)) {
        PyErr_SetString(PyExc_TypeError, "wanted a writable float64 array of one or two dimensions");
        return NULL;
    }
    npy_intp rows = PyArray_NDIM(array) == 2 ? PyArray_DIM(array, 0) : 1;
    npy_intp columns = PyArray_NDIM(array) ? PyArray_DIM(array, PyArray_NDIM(array) - 1) : 1;
    double total = 0;
    for (npy_intp i = 0; i < rows; i++)
        for (npy_intp j = 0; j < columns; j++) {
            double *at = PyArray_NDIM(array) == 2 ? (double *)PyArray_GETPTR2(array, i, j)
                                                  : (double *)PyArray_GETPTR1(array, j);
            *at += value;
            total += *at;
        }
    return PyFloat_FromDouble(total);
}

static PyObject *scalar_value(PyObject *self, PyObject *object)
{
    if (PyArray_IsScalar(object, Double))
        return Py_BuildValue("sd", "Double", PyArrayScalar_VAL(object, Double));
    if (PyArray_IsScalar(object, Float))
        return Py_BuildValue("sd", "Float", (double)PyArrayScalar_VAL(object, Float));
    if (PyArray_IsScalar(object, Long))
        return Py_BuildValue("sl", "Long", PyArrayScalar_VAL(object, Long));
    if (PyArray_IsScalar(object, UByte))
        return Py_BuildValue("si", "UByte", (int)PyArrayScalar_VAL(object, UByte));
    if (PyArray_IsScalar(object, Bool))
        return Py_BuildValue("sO", "Bool", object == PyArrayScalar_True ? Py_True : Py_False);
    if (PyArray_IsScalar(object, CDouble))
        return Py_BuildValue("sdd", "CDouble", creal(PyArrayScalar_VAL(object, CDouble)),
                             cimag(PyArrayScalar_VAL(object, CDouble)));
    if (PyArray_IsScalar(object, Generic))
        return Py_BuildValue("s", "Generic");
    Py_RETURN_NONE;
}

static PyObject *type_checks(PyObject *self, PyObject *object)
{
    return Py_BuildValue("{s:i,s:i,s:i,s:i}", "array", PyArray_Check(object), "descr", PyArray_DescrCheck(object),
                         "scalar", PyArray_CheckScalar(object), "generic", PyArray_IsScalar(object, Generic));
}

static PyMethodDef methods[] = {
    {"describe", describe, METH_O, NULL},
    {"add_value", add_value, METH_VARARGS, NULL},
    {"scalar_value", scalar_value, METH_O, NULL},
    {"type_checks", type_checks, METH_O, NULL},
    {NULL, NULL, 0, NULL},
};

static struct PyModuleDef module = {PyModuleDef_HEAD_INIT, "c_extension", NULL, -1, methods, NULL, NULL, NULL, NULL};

PyMODINIT_FUNC PyInit_c_extension(void)
{
    import_array();
    return PyModule_Create(&module);
}
