"""Gamma: agreement on spans by the best alignment of everybody's units.

Mathet, Y., Widlöcher, A. & Métivier, J.-P. (2015). The unified and holistic method gamma for inter-annotator agreement
measure and alignment. Computational Linguistics 41(3), 437-479, doi:10.1162/COLI_a_00227. And for the labels alone:
Mathet, Y. (2017). The agreement measure gamma-cat, a complement to gamma focused on categorization of a continuum.
Computational Linguistics 43(3), 661-681, doi:10.1162/COLI_a_00296.
"""
