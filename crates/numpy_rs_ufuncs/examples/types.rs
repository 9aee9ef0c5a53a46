//! Prints the name and the types of every ufunc, as NumPy's `ufunc.types` spells them.

#![allow(clippy::print_stdout, reason = "an example that prints")]

fn main() {
    for ufunc in numpy_rs_ufuncs::all() {
        print!("{} {} {}", ufunc.name, ufunc.nin, ufunc.nout);
        for row in ufunc.rows() {
            let code = |types: &[numpy_rs_core::dtype::TypeNum]| -> String {
                types.iter().map(|t| t.facts().char as char).collect()
            };
            let (inputs, outputs) = row.types.split_at(ufunc.nin);
            print!(" {}->{}", code(inputs), code(outputs));
        }
        println!();
    }
}
