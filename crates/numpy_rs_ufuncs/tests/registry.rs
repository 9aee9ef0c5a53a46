//! What every declaration in the registry has: a sentence, rows of the right length, a name that is found.

#[test]
fn every_ufunc_says_what_it_is() {
    for ufunc in numpy_rs_ufuncs::all() {
        let doc = ufunc.doc.trim();
        assert!(
            doc.len() > 10 && doc.ends_with(['.', ')', ':']),
            "{}: {doc:?}",
            ufunc.name
        );
        assert!(!ufunc.rows().is_empty(), "{} has no rows", ufunc.name);
        for row in ufunc.rows() {
            assert_eq!(
                row.types.len(),
                ufunc.nargs(),
                "{} {:?}",
                ufunc.name,
                row.types
            );
        }
    }
}

#[test]
fn names_are_found_and_in_order() {
    let names: Vec<&str> = numpy_rs_ufuncs::all()
        .iter()
        .map(|ufunc| ufunc.name)
        .collect();
    assert!(names.is_sorted());
    for name in names {
        assert_eq!(
            numpy_rs_ufuncs::get(name).map(|ufunc| ufunc.name),
            Some(name)
        );
    }
    assert!(numpy_rs_ufuncs::get("no_such_ufunc").is_none());
}
