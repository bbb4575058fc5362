# Memory by method, published above ours; ours stacked by category. Data: table-7-memory.dat
set terminal svg size 860,596 font 'Arial,13' background '#ffffff'
set encoding utf8
set output 'table-7-memory.svg'
set multiplot
unset key
set border 1 lc rgb '#444444'
set tics nomirror
set grid xtics lc rgb '#dddddd' lt 1
unset ytics
set label 901 'SLTrain with larger δ' at screen 0.01628,0.96644 font ',15'
set object 902 rectangle from screen 0.01628,0.91611 to screen 0.04186,0.93624 fc rgb '#0072B2' fs solid noborder front
set label 902 'weights' at screen 0.04884,0.92617 font ',12' left
set object 904 rectangle from screen 0.12581,0.91611 to screen 0.15140,0.93624 fc rgb '#000000' fs solid noborder front
set label 904 'sparse index' at screen 0.15837,0.92617 font ',12' left
set object 906 rectangle from screen 0.27372,0.91611 to screen 0.29930,0.93624 fc rgb '#A6D8F5' fs solid noborder front
set label 906 'gradients' at screen 0.30628,0.92617 font ',12' left
set object 908 rectangle from screen 0.39860,0.91611 to screen 0.42419,0.93624 fc rgb '#D55E00' fs solid noborder front
set label 908 'optimizer state' at screen 0.43116,0.92617 font ',12' left
set object 910 rectangle from screen 0.56953,0.91611 to screen 0.59512,0.93624 fc rgb '#7FD1B5' fs solid noborder front
set label 910 'activations' at screen 0.60209,0.92617 font ',12' left
set object 912 rectangle from screen 0.70977,0.91611 to screen 0.73535,0.93624 fc rgb '#8F3B6B' fs solid noborder front
set label 912 'workspace' at screen 0.74233,0.92617 font ',12' left
set lmargin at screen 0.16035; set rmargin at screen 0.87209
set bmargin at screen 0.53356; set tmargin at screen 0.84228
set label 101 '350M' at screen 0.01628,0.86577 font ',14'
set xlabel 'Memory (G = 10⁹ bytes)' offset 0,0.4 font ',12'
set xrange [0:3.33952739328]; set yrange [4:0]
set xtics ('0' 0.0, '0.5' 0.5, '1' 1.0, '1.5' 1.5, '2' 2.0, '2.5' 2.5, '3' 3.0)
set label 1 'Full-Rank' at screen 0.14872,0.80369 right
set label 201 '3.27' at 3.274046464,0.5 left offset 0.4,0 font ',11' front
set label 2 'SLTrain, δ = 0.03' at screen 0.14872,0.72651 right
set label 202 '1.90' at 1.90380088,1.5 left offset 0.4,0 font ',11' front
set label 3 'SLTrain, δ = 0.05' at screen 0.14872,0.64933 right
set label 203 '1.96' at 1.96427752,2.5 left offset 0.4,0 font ',11' front
set label 4 'SLTrain, δ = 0.1' at screen 0.14872,0.57215 right
set label 204 '2.12' at 2.11546912,3.5 left offset 0.4,0 font ',11' front
plot 'table-7-memory.dat' index 0 using ((0)/1000000000.0):($0+0.28):((0)/1000000000.0):((0+$5)/1000000000.0):($0+0.28):($0+0.72) with boxxyerror fc rgb '#0072B2' fs solid border lc rgb '#ffffff' lw 0.8, \
  'table-7-memory.dat' index 0 using ((0+$5)/1000000000.0):($0+0.28):((0+$5)/1000000000.0):((0+$5+$6)/1000000000.0):($0+0.28):($0+0.72) with boxxyerror fc rgb '#000000' fs solid border lc rgb '#ffffff' lw 0.8, \
  'table-7-memory.dat' index 0 using ((0+$5+$6)/1000000000.0):($0+0.28):((0+$5+$6)/1000000000.0):((0+$5+$6+$7)/1000000000.0):($0+0.28):($0+0.72) with boxxyerror fc rgb '#A6D8F5' fs solid border lc rgb '#ffffff' lw 0.8, \
  'table-7-memory.dat' index 0 using ((0+$5+$6+$7)/1000000000.0):($0+0.28):((0+$5+$6+$7)/1000000000.0):((0+$5+$6+$7+$8)/1000000000.0):($0+0.28):($0+0.72) with boxxyerror fc rgb '#D55E00' fs solid border lc rgb '#ffffff' lw 0.8, \
  'table-7-memory.dat' index 0 using ((0+$5+$6+$7+$8)/1000000000.0):($0+0.28):((0+$5+$6+$7+$8)/1000000000.0):((0+$5+$6+$7+$8+$9)/1000000000.0):($0+0.28):($0+0.72) with boxxyerror fc rgb '#7FD1B5' fs solid border lc rgb '#ffffff' lw 0.8, \
  'table-7-memory.dat' index 0 using ((0+$5+$6+$7+$8+$9)/1000000000.0):($0+0.28):((0+$5+$6+$7+$8+$9)/1000000000.0):((0+$5+$6+$7+$8+$9+$10)/1000000000.0):($0+0.28):($0+0.72) with boxxyerror fc rgb '#8F3B6B' fs solid border lc rgb '#ffffff' lw 0.8
unset label; unset object
set lmargin at screen 0.16035; set rmargin at screen 0.87209
set bmargin at screen 0.08725; set tmargin at screen 0.39597
set label 101 '1B' at screen 0.01628,0.41946 font ',14'
set xlabel 'Memory (G = 10⁹ bytes)' offset 0,0.4 font ',12'
set xrange [0:11.55912542208]; set yrange [4:0]
set xtics ('0' 0.0, '2' 2.0, '4' 4.0, '6' 6.0, '8' 8.0, '10' 10.0)
set label 1 'Full-Rank' at screen 0.14872,0.35738 right
set label 201 '11.33' at 11.332475904,0.5 left offset 0.4,0 font ',11' front
set label 2 'SLTrain, δ = 0.03' at screen 0.14872,0.28020 right
set label 202 '5.88' at 5.87975976,1.5 left offset 0.4,0 font ',11' front
set label 3 'SLTrain, δ = 0.05' at screen 0.14872,0.20302 right
set label 203 '6.12' at 6.12134208,2.5 left offset 0.4,0 font ',11' front
set label 4 'SLTrain, δ = 0.1' at screen 0.14872,0.12584 right
set label 204 '6.73' at 6.7252968,3.5 left offset 0.4,0 font ',11' front
plot 'table-7-memory.dat' index 1 using ((0)/1000000000.0):($0+0.28):((0)/1000000000.0):((0+$5)/1000000000.0):($0+0.28):($0+0.72) with boxxyerror fc rgb '#0072B2' fs solid border lc rgb '#ffffff' lw 0.8, \
  'table-7-memory.dat' index 1 using ((0+$5)/1000000000.0):($0+0.28):((0+$5)/1000000000.0):((0+$5+$6)/1000000000.0):($0+0.28):($0+0.72) with boxxyerror fc rgb '#000000' fs solid border lc rgb '#ffffff' lw 0.8, \
  'table-7-memory.dat' index 1 using ((0+$5+$6)/1000000000.0):($0+0.28):((0+$5+$6)/1000000000.0):((0+$5+$6+$7)/1000000000.0):($0+0.28):($0+0.72) with boxxyerror fc rgb '#A6D8F5' fs solid border lc rgb '#ffffff' lw 0.8, \
  'table-7-memory.dat' index 1 using ((0+$5+$6+$7)/1000000000.0):($0+0.28):((0+$5+$6+$7)/1000000000.0):((0+$5+$6+$7+$8)/1000000000.0):($0+0.28):($0+0.72) with boxxyerror fc rgb '#D55E00' fs solid border lc rgb '#ffffff' lw 0.8, \
  'table-7-memory.dat' index 1 using ((0+$5+$6+$7+$8)/1000000000.0):($0+0.28):((0+$5+$6+$7+$8)/1000000000.0):((0+$5+$6+$7+$8+$9)/1000000000.0):($0+0.28):($0+0.72) with boxxyerror fc rgb '#7FD1B5' fs solid border lc rgb '#ffffff' lw 0.8, \
  'table-7-memory.dat' index 1 using ((0+$5+$6+$7+$8+$9)/1000000000.0):($0+0.28):((0+$5+$6+$7+$8+$9)/1000000000.0):((0+$5+$6+$7+$8+$9+$10)/1000000000.0):($0+0.28):($0+0.72) with boxxyerror fc rgb '#8F3B6B' fs solid border lc rgb '#ffffff' lw 0.8
unset label; unset object
unset multiplot
