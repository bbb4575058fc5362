# Memory by method, published above ours; ours stacked by category. Data: table-4-memory.dat
set terminal svg size 860,258 font 'Arial,13' background '#ffffff'
set encoding utf8
set output 'table-4-memory.svg'
set multiplot
unset key
set border 1 lc rgb '#444444'
set tics nomirror
set grid xtics lc rgb '#dddddd' lt 1
unset ytics
set label 901 'LLaMA 7B with 8-bit Adam' at screen 0.01628,0.92248 font ',15'
set object 902 rectangle from screen 0.01628,0.80620 to screen 0.04186,0.85271 fc rgb '#0072B2' fs solid noborder front
set label 902 'weights' at screen 0.04884,0.82946 font ',12' left
set object 904 rectangle from screen 0.12581,0.80620 to screen 0.15140,0.85271 fc rgb '#000000' fs solid noborder front
set label 904 'sparse index' at screen 0.15837,0.82946 font ',12' left
set object 906 rectangle from screen 0.27372,0.80620 to screen 0.29930,0.85271 fc rgb '#A6D8F5' fs solid noborder front
set label 906 'gradients' at screen 0.30628,0.82946 font ',12' left
set object 908 rectangle from screen 0.39860,0.80620 to screen 0.42419,0.85271 fc rgb '#D55E00' fs solid noborder front
set label 908 'optimizer state' at screen 0.43116,0.82946 font ',12' left
set object 910 rectangle from screen 0.56953,0.80620 to screen 0.59512,0.85271 fc rgb '#F3C45B' fs solid noborder front
set label 910 'projector' at screen 0.60209,0.82946 font ',12' left
set object 912 rectangle from screen 0.69442,0.80620 to screen 0.72000,0.85271 fc rgb '#7FD1B5' fs solid noborder front
set label 912 'activations' at screen 0.72698,0.82946 font ',12' left
set object 914 rectangle from screen 0.83465,0.80620 to screen 0.86023,0.85271 fc rgb '#8F3B6B' fs solid noborder front
set label 914 'workspace' at screen 0.86721,0.82946 font ',12' left
set object 916 rectangle from screen 0.01628,0.72868 to screen 0.04186,0.77519 fc rgb '#ffffff' fs solid border lc rgb '#444444' front
set label 916 'published' at screen 0.04884,0.75194 font ',12' left
set object 918 rectangle from screen 0.14116,0.72868 to screen 0.16674,0.77519 fc rgb '#777777' fs solid noborder front
set object 919 rectangle from screen 0.14116,0.72868 to screen 0.16674,0.77519 fc rgb '#ffffff' fs transparent pattern 5 noborder front
set label 918 'here, predicted and not run' at screen 0.17372,0.75194 font ',12' left
set lmargin at screen 0.12919; set rmargin at screen 0.87209
set bmargin at screen 0.20155; set tmargin at screen 0.55814
set label 101 '7B' at screen 0.01628,0.61240 font ',14'
set xlabel 'Memory (G = 10⁹ bytes)' offset 0,0.4 font ',12'
set xrange [0:63.24]; set yrange [2:0]
set xtics ('0' 0.0, '10' 10.0, '20' 20.0, '30' 30.0, '40' 40.0, '50' 50.0, '60' 60.0)
set label 1 '8-bit GaLore' at screen 0.11756,0.46899 right
set label 201 '45.82 predicted' at 45.82011016,0.65 left offset 0.4,0 font ',11' front
set label 301 '62' at 62.0,0.27 left offset 0.4,0 font ',11' textcolor rgb '#555555' front
set label 2 '8-bit SLTrain' at screen 0.11756,0.29070 right
set label 202 '32.23 predicted' at 32.227045968,1.65 left offset 0.4,0 font ',11' front
set label 302 '46' at 46.0,1.27 left offset 0.4,0 font ',11' textcolor rgb '#555555' front
plot 'table-4-memory.dat' index 0 using (0):($0+0.14):(0):($2/1000000000.0):($0+0.14):($0+0.4) with boxxyerror fc rgb '#ffffff' fs solid border lc rgb '#444444', \
  'table-4-memory.dat' index 0 using ((0)/1000000000.0):($0+0.44):((0)/1000000000.0):((0+$5)/1000000000.0):($0+0.44):($0+0.86) with boxxyerror fc rgb '#0072B2' fs solid border lc rgb '#ffffff' lw 0.8, \
  'table-4-memory.dat' index 0 using ((0+$5)/1000000000.0):($0+0.44):((0+$5)/1000000000.0):((0+$5+$6)/1000000000.0):($0+0.44):($0+0.86) with boxxyerror fc rgb '#000000' fs solid border lc rgb '#ffffff' lw 0.8, \
  'table-4-memory.dat' index 0 using ((0+$5+$6)/1000000000.0):($0+0.44):((0+$5+$6)/1000000000.0):((0+$5+$6+$7)/1000000000.0):($0+0.44):($0+0.86) with boxxyerror fc rgb '#A6D8F5' fs solid border lc rgb '#ffffff' lw 0.8, \
  'table-4-memory.dat' index 0 using ((0+$5+$6+$7)/1000000000.0):($0+0.44):((0+$5+$6+$7)/1000000000.0):((0+$5+$6+$7+$8)/1000000000.0):($0+0.44):($0+0.86) with boxxyerror fc rgb '#D55E00' fs solid border lc rgb '#ffffff' lw 0.8, \
  'table-4-memory.dat' index 0 using ((0+$5+$6+$7+$8)/1000000000.0):($0+0.44):((0+$5+$6+$7+$8)/1000000000.0):((0+$5+$6+$7+$8+$9)/1000000000.0):($0+0.44):($0+0.86) with boxxyerror fc rgb '#F3C45B' fs solid border lc rgb '#ffffff' lw 0.8, \
  'table-4-memory.dat' index 0 using ((0+$5+$6+$7+$8+$9)/1000000000.0):($0+0.44):((0+$5+$6+$7+$8+$9)/1000000000.0):((0+$5+$6+$7+$8+$9+$10)/1000000000.0):($0+0.44):($0+0.86) with boxxyerror fc rgb '#7FD1B5' fs solid border lc rgb '#ffffff' lw 0.8, \
  'table-4-memory.dat' index 0 using ((0+$5+$6+$7+$8+$9+$10)/1000000000.0):($0+0.44):((0+$5+$6+$7+$8+$9+$10)/1000000000.0):((0+$5+$6+$7+$8+$9+$10+$11)/1000000000.0):($0+0.44):($0+0.86) with boxxyerror fc rgb '#8F3B6B' fs solid border lc rgb '#ffffff' lw 0.8, \
  'table-4-memory.dat' index 0 using (0):($0+0.44):(0):(($4 > 0 ? $3/1000000000.0 : NaN)):($0+0.44):($0+0.86) with boxxyerror fc rgb '#ffffff' fs transparent pattern 5 noborder
unset label; unset object
unset multiplot
