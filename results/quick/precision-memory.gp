# Memory by method, published above ours; ours stacked by category. Data: precision-memory.dat
set terminal svg size 860,790 font 'Arial,13' background '#ffffff'
set encoding utf8
set output 'precision-memory.svg'
set multiplot
unset key
set border 1 lc rgb '#444444'
set tics nomirror
set grid xtics lc rgb '#dddddd' lt 1
unset ytics
set label 901 'Perplexity and memory by how numbers are stored' at screen 0.01628,0.97468 font ',15'
set object 902 rectangle from screen 0.01628,0.93671 to screen 0.04186,0.95190 fc rgb '#0072B2' fs solid noborder front
set label 902 'weights' at screen 0.04884,0.94430 font ',12' left
set object 904 rectangle from screen 0.12581,0.93671 to screen 0.15140,0.95190 fc rgb '#000000' fs solid noborder front
set label 904 'sparse index' at screen 0.15837,0.94430 font ',12' left
set object 906 rectangle from screen 0.27372,0.93671 to screen 0.29930,0.95190 fc rgb '#A6D8F5' fs solid noborder front
set label 906 'gradients' at screen 0.30628,0.94430 font ',12' left
set object 908 rectangle from screen 0.39860,0.93671 to screen 0.42419,0.95190 fc rgb '#D55E00' fs solid noborder front
set label 908 'optimizer state' at screen 0.43116,0.94430 font ',12' left
set object 910 rectangle from screen 0.56953,0.93671 to screen 0.59512,0.95190 fc rgb '#F3C45B' fs solid noborder front
set label 910 'projector' at screen 0.60209,0.94430 font ',12' left
set object 912 rectangle from screen 0.69442,0.93671 to screen 0.72000,0.95190 fc rgb '#7FD1B5' fs solid noborder front
set label 912 'activations' at screen 0.72698,0.94430 font ',12' left
set object 914 rectangle from screen 0.83465,0.93671 to screen 0.86023,0.95190 fc rgb '#8F3B6B' fs solid noborder front
set label 914 'workspace' at screen 0.86721,0.94430 font ',12' left
set lmargin at screen 0.41744; set rmargin at screen 0.87209
set bmargin at screen 0.06582; set tmargin at screen 0.88101
set label 101 '60M' at screen 0.01628,0.89873 font ',14'
set xlabel 'Memory (G = 10⁹ bytes)' offset 0,0.4 font ',12'
set xrange [0:1.4050950758399998]; set yrange [14:0]
set xtics ('0' 0.0, '0.2' 0.2, '0.4' 0.4, '0.6' 0.6000000000000001, '0.8' 0.8, '1' 1.0, '1.2' 1.2000000000000002, '1.4' 1.4000000000000001)
set label 1 'Full-Rank, fp32' at screen 0.40581,0.85190 right
set label 201 '1.38' at 1.377544192,0.5 left offset 0.4,0 font ',11' front
set label 2 'Full-Rank, bf16, rounded after each operation' at screen 0.40581,0.79367 right
set label 202 '0.920' at 0.920303616,1.5 left offset 0.4,0 font ',11' front
set label 3 'Full-Rank, bf16, rounded once' at screen 0.40581,0.73544 right
set label 203 '0.920' at 0.920303616,2.5 left offset 0.4,0 font ',11' front
set label 4 'Full-Rank, bf16, stochastic rounding' at screen 0.40581,0.67722 right
set label 204 '0.920' at 0.920303616,3.5 left offset 0.4,0 font ',11' front
set label 5 'Full-Rank, fp32, 8-bit moments' at screen 0.40581,0.61899 right
set label 205 '1.03' at 1.029381632,4.5 left offset 0.4,0 font ',11' front
set label 6 'Full-Rank, bf16, 8-bit moments, per layer' at screen 0.40581,0.56076 right
set label 206 '0.721' at 0.721056256,5.5 left offset 0.4,0 font ',11' front
set label 7 'GaLore, fp32' at screen 0.40581,0.50253 right
set label 207 '1.24' at 1.24044288,6.5 left offset 0.4,0 font ',11' front
set label 8 'GaLore, bf16, 8-bit moments, per layer' at screen 0.40581,0.44430 right
set label 208 '0.690' at 0.690376832,7.5 left offset 0.4,0 font ',11' front
set label 9 'SLTrain, fp32' at screen 0.40581,0.38608 right
set label 209 '1.15' at 1.146531888,8.5 left offset 0.4,0 font ',11' front
set label 10 'SLTrain, fp32, per layer' at screen 0.40581,0.32785 right
set label 210 '1.04' at 1.03794856,9.5 left offset 0.4,0 font ',11' front
set label 11 'SLTrain, fp32, per layer, activation checkpointing' at screen 0.40581,0.26962 right
set label 211 '0.705' at 0.704894608,10.5 left offset 0.4,0 font ',11' front
set label 12 'SLTrain, bf16, rounded after each operation' at screen 0.40581,0.21139 right
set label 212 '0.806' at 0.805641456,11.5 left offset 0.4,0 font ',11' front
set label 13 'SLTrain, bf16, stochastic rounding' at screen 0.40581,0.15316 right
set label 213 '0.806' at 0.805641456,12.5 left offset 0.4,0 font ',11' front
set label 14 'SLTrain, bf16, 8-bit moments, per layer' at screen 0.40581,0.09494 right
set label 214 '0.665' at 0.664512528,13.5 left offset 0.4,0 font ',11' front
plot 'precision-memory.dat' index 0 using ((0)/1000000000.0):($0+0.28):((0)/1000000000.0):((0+$5)/1000000000.0):($0+0.28):($0+0.72) with boxxyerror fc rgb '#0072B2' fs solid border lc rgb '#ffffff' lw 0.8, \
  'precision-memory.dat' index 0 using ((0+$5)/1000000000.0):($0+0.28):((0+$5)/1000000000.0):((0+$5+$6)/1000000000.0):($0+0.28):($0+0.72) with boxxyerror fc rgb '#000000' fs solid border lc rgb '#ffffff' lw 0.8, \
  'precision-memory.dat' index 0 using ((0+$5+$6)/1000000000.0):($0+0.28):((0+$5+$6)/1000000000.0):((0+$5+$6+$7)/1000000000.0):($0+0.28):($0+0.72) with boxxyerror fc rgb '#A6D8F5' fs solid border lc rgb '#ffffff' lw 0.8, \
  'precision-memory.dat' index 0 using ((0+$5+$6+$7)/1000000000.0):($0+0.28):((0+$5+$6+$7)/1000000000.0):((0+$5+$6+$7+$8)/1000000000.0):($0+0.28):($0+0.72) with boxxyerror fc rgb '#D55E00' fs solid border lc rgb '#ffffff' lw 0.8, \
  'precision-memory.dat' index 0 using ((0+$5+$6+$7+$8)/1000000000.0):($0+0.28):((0+$5+$6+$7+$8)/1000000000.0):((0+$5+$6+$7+$8+$9)/1000000000.0):($0+0.28):($0+0.72) with boxxyerror fc rgb '#F3C45B' fs solid border lc rgb '#ffffff' lw 0.8, \
  'precision-memory.dat' index 0 using ((0+$5+$6+$7+$8+$9)/1000000000.0):($0+0.28):((0+$5+$6+$7+$8+$9)/1000000000.0):((0+$5+$6+$7+$8+$9+$10)/1000000000.0):($0+0.28):($0+0.72) with boxxyerror fc rgb '#7FD1B5' fs solid border lc rgb '#ffffff' lw 0.8, \
  'precision-memory.dat' index 0 using ((0+$5+$6+$7+$8+$9+$10)/1000000000.0):($0+0.28):((0+$5+$6+$7+$8+$9+$10)/1000000000.0):((0+$5+$6+$7+$8+$9+$10+$11)/1000000000.0):($0+0.28):($0+0.72) with boxxyerror fc rgb '#8F3B6B' fs solid border lc rgb '#ffffff' lw 0.8
unset label; unset object
unset multiplot
